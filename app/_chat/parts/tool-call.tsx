"use client";

import { ChevronRight, Wrench } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { useDisclosure } from "@/app/_ui/use-disclosure";
import { t } from "@/lib/i18n/part-translator";
import { type ToolPart, type ToolState, toolStateOf } from "./tool-state";
import { ToolValue } from "./tool-value";

interface ToolCallProps {
  part: ToolPart;
  isLive: boolean;
  onApproval?: (approvalId: string, isAllowed: boolean) => void;
}

/** What a model asked of a tool, and what came of it: one line, and all of it for who wants to know. */
export function ToolCall({ part, isLive, onApproval }: ToolCallProps) {
  const state = toolStateOf(part, isLive);
  const name = part.title || toolNameOf(part) || t("tool.unnamed");
  // What is to be allowed has to be seen.
  const { isOpen, details } = useDisclosure(state.look === "asks");
  return (
    <section
      className="my-4 overflow-clip [section+&]:-mt-2 rounded-md border border-line text-sm first:mt-0"
      aria-label={`${t("tool.label")} ${name}`}
    >
      <details {...details} className="group/call">
        <summary className="flex min-h-10 list-none items-center gap-2.5 px-3 py-1.5 -outline-offset-2 transition-colors hover:bg-hover pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
          <Wrench aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="min-w-0 flex-1 truncate font-mono text-[0.84rem]" dir="auto">
            {name}
          </span>
          <State state={state} />
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-faint transition-transform group-open/call:rotate-90 rtl:-scale-x-100"
          />
        </summary>
        {isOpen && (
          <div className="grid gap-3 border-t border-line px-3 py-3">
            {state.note && <p className="text-ink-soft text-pretty">{t(state.note)}</p>}
            <ToolValue name={t("tool.input")} value={part.input} />
            {part.state === "output-available" && <ToolValue name={t("tool.output")} value={part.output} />}
            {part.state === "output-error" && state.note === null && (
              <ToolValue name={t("tool.error")} value={part.errorText} />
            )}
          </div>
        )}
      </details>
      {part.state === "approval-requested" && onApproval && (
        <Approval
          name={name}
          reason={part.approval.requestReason}
          onAnswer={(isAllowed) => onApproval(part.approval.id, isAllowed)}
        />
      )}
    </section>
  );
}

function State({ state: { name, icon: Icon, look } }: { state: ToolState }) {
  return (
    <span className={classNames("flex shrink-0 items-center gap-1.5 text-xs", looks[look])}>
      {Icon ? (
        <Icon aria-hidden className="size-3.5" />
      ) : (
        <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />
      )}
      {t(name)}
    </span>
  );
}

const looks = { quiet: "text-ink-faint", asks: "text-accent", bad: "text-danger" };

interface ApprovalProps {
  name: string;
  reason: string | undefined;
  onAnswer(isAllowed: boolean): void;
}

/** The answer counts once: what comes of it shows in the state. */
function Approval({ name, reason, onAnswer }: ApprovalProps) {
  const [isAnswered, setAnswered] = useState(false);

  function answer(isAllowed: boolean) {
    if (isAnswered) return;
    setAnswered(true);
    onAnswer(isAllowed);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a look of its own
    <div
      ref={handOnFocus((call) => call.querySelector("summary")?.focus())}
      role="group"
      aria-label={t("tool.asks", { name })}
      className="flex flex-wrap items-center gap-2 border-t border-line bg-accent-soft/60 px-3 py-2.5"
    >
      <p className="me-auto min-w-0 text-ink-soft text-pretty" dir="auto">
        {reason || t("tool.asks", { name })}
      </p>
      <Button size="small" aria-disabled={isAnswered} onClick={() => answer(false)}>
        {t("tool.deny")}
      </Button>
      <Button size="small" look="primary" aria-disabled={isAnswered} onClick={() => answer(true)}>
        {t("tool.allow")}
      </Button>
    </div>
  );
}

function toolNameOf(part: ToolPart): string {
  return part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length);
}
