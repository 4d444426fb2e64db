import { Ban, Check, CircleAlert, CircleDashed, CirclePause, type LucideIcon } from "lucide-react";
import type { ChatMessagePart } from "@/app/_client/session/chat-message";
import { notRunReasonOf } from "@/lib/chats/tool-part";
import type { PartMessageKey } from "@/lib/i18n/part-translator";

export type ToolPart = Extract<ChatMessagePart, { toolCallId: string }>;

export interface ToolState {
  name: PartMessageKey;
  /** Null while something goes on. */
  icon: LucideIcon | null;
  look: "quiet" | "asks" | "bad";
  /** What else there is to say. */
  note: PartMessageKey | null;
}

/** How a call fares, in words. What an answer that has ended left open goes on no more. */
export function toolStateOf(part: ToolPart, isLive: boolean): ToolState {
  switch (part.state) {
    case "input-streaming":
      return isLive ? going("tool.preparing") : notRun("tool.cut_off");
    case "input-available":
      return isLive ? going("tool.running") : notRun("tool.unfinished");
    case "approval-requested":
      return { name: "tool.asking", icon: CirclePause, look: "asks", note: null };
    case "approval-responded":
      return part.approval.approved
        ? { name: "tool.allowed", icon: isLive ? null : Check, look: "quiet", note: null }
        : denied;
    case "output-available":
      return part.preliminary && isLive
        ? going("tool.running")
        : { name: "tool.done", icon: Check, look: "quiet", note: null };
    case "output-error": {
      const reason = notRunReasonOf(part.resultProviderMetadata);
      if (reason) return notRun(`tool.${reason}`);
      return { name: "tool.failed", icon: CircleAlert, look: "bad", note: null };
    }
    case "output-denied":
      return denied;
    default:
      return part satisfies never;
  }
}

const denied: ToolState = { name: "tool.denied", icon: Ban, look: "quiet", note: "tool.deniedNote" };

function going(name: PartMessageKey): ToolState {
  return { name, icon: null, look: "quiet", note: null };
}

function notRun(note: PartMessageKey): ToolState {
  return { name: "tool.notRun", icon: CircleDashed, look: "quiet", note };
}
