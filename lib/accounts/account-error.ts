import { AppError } from "@/lib/errors/app-error";
import type { ChatErrorType } from "@/lib/errors/chat-error";

/** Refusals of our own, in the form of Better Auth's: a code for programs and a sentence for people. */
const refusals = {
  SIGN_UP_CLOSED: {
    type: "forbidden",
    message: "New accounts are not taken here. Ask the administrator.",
  },
  GUESTS_CLOSED: {
    type: "forbidden",
    message: "Guests are not taken here. Sign in with an account.",
  },
  GUEST_NOT_MOVED: {
    type: "unavailable",
    message:
      "Your chats could not be moved to your account. They are all still here: sign in to your account again in a moment to take them along.",
  },
  PASSWORD_REQUIRED: {
    type: "invalid_request",
    message: "The password is needed for this.",
  },
  INVALID_PROFILE: {
    type: "invalid_request",
    message: "This name or picture cannot be used.",
  },
} as const satisfies Record<string, { type: ChatErrorType; message: string }>;

export type AccountErrorCode = keyof typeof refusals;

/** The message is meant for the person and may leave the server. */
export class AccountError extends AppError {
  readonly code: AccountErrorCode;

  constructor(code: AccountErrorCode, options: { cause?: unknown } = {}) {
    super(refusals[code].type, refusals[code].message, options);
    this.code = code;
  }
}
