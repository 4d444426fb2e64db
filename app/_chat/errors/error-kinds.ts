import {
  Ban,
  Bug,
  CircleAlert,
  CloudAlert,
  Hourglass,
  KeyRound,
  type LucideIcon,
  ScrollText,
  SearchX,
  ShieldAlert,
  Unplug,
  UserRoundX,
  Wallet,
  WifiOff,
} from "lucide-react";
import type { ChatError, ChatErrorType } from "@/lib/errors/chat-error";

export interface ErrorKind {
  icon: LucideIcon;
  /** What passes by itself or on a second try is a warning; what somebody has to mend is not. */
  tone: "warn" | "danger";
  /** Another model may do what this one did not. */
  isOfModel?: true;
  /** Another key may do. */
  isOfKey?: true;
  /** A limit of the person's own may be what stands in the way. */
  isOfBudget?: true;
}

export function kindOf(error: ChatError): ErrorKind {
  return error.details?.reason === "connection" ? { icon: WifiOff, tone: "warn" } : kinds[error.type];
}

const kinds: Record<ChatErrorType, ErrorKind> = {
  invalid_request: { icon: CircleAlert, tone: "danger" },
  unauthenticated: { icon: UserRoundX, tone: "warn" },
  forbidden: { icon: Ban, tone: "danger" },
  not_found: { icon: SearchX, tone: "danger" },
  generation_active: { icon: Hourglass, tone: "warn" },
  conflict: { icon: CircleAlert, tone: "warn" },
  gone: { icon: SearchX, tone: "danger" },
  too_large: { icon: ScrollText, tone: "danger" },
  unsupported: { icon: Ban, tone: "danger" },
  rate_limited: { icon: Hourglass, tone: "warn" },
  quota_exceeded: { icon: Wallet, tone: "danger", isOfModel: true, isOfBudget: true },
  unavailable: { icon: CloudAlert, tone: "warn" },
  internal: { icon: Bug, tone: "danger" },
  key_missing: { icon: KeyRound, tone: "danger", isOfModel: true, isOfKey: true },
  key_invalid: { icon: KeyRound, tone: "danger", isOfModel: true, isOfKey: true },
  provider_credits: { icon: Wallet, tone: "danger", isOfModel: true, isOfKey: true },
  provider_rate_limited: { icon: Hourglass, tone: "warn", isOfModel: true },
  provider_unavailable: { icon: CloudAlert, tone: "warn", isOfModel: true },
  provider_timeout: { icon: Hourglass, tone: "warn", isOfModel: true },
  provider_refused: { icon: ShieldAlert, tone: "danger", isOfModel: true },
  context_too_long: { icon: ScrollText, tone: "danger", isOfModel: true },
  provider_error: { icon: CloudAlert, tone: "danger", isOfModel: true },
  interrupted: { icon: Unplug, tone: "warn" },
};
