import { z } from "zod";
import { t } from "@/lib/i18n/sign-in-translator";

/** What went wrong, and at which field, if at one. */
export interface AccountProblem {
  field: "email" | "password" | "current-password" | null;
  text: string;
}

/** From what Better Auth's client hands back, or from what its request threw. */
export function problemOf(error: unknown): AccountProblem {
  const { status, code, message } = failureSchema.parse(error);
  if (status === 429) return { field: null, text: t("signIn.tooMany") };
  switch (code) {
    case "INVALID_EMAIL_OR_PASSWORD":
      return { field: null, text: t("signIn.wrong") };
    case "INVALID_EMAIL":
      return { field: "email", text: t("signIn.invalidEmail") };
    case "USER_ALREADY_EXISTS":
    case "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL":
      return { field: "email", text: t("signIn.exists") };
    case "INVALID_PASSWORD":
      return { field: "current-password", text: t("settings.wrongPassword") };
    case "PASSWORD_TOO_SHORT":
      return { field: "password", text: t("signIn.passwordShort") };
    case "PASSWORD_TOO_LONG":
      return { field: "password", text: t("signIn.passwordLong") };
    case "VALIDATION_ERROR":
      // Of what our forms send only the address has a form that can be wrong; the rest is not told at a field.
      if (!message?.includes("[body.email]")) break;
      return { field: "email", text: t("signIn.invalidEmail") };
    case "UNAUTHORIZED":
      return { field: null, text: t("error.unauthenticated") };
    case "SIGN_UP_CLOSED":
    case "GUESTS_CLOSED":
    case "GUEST_NOT_MOVED":
      // Our own refusals, written for the person.
      return { field: null, text: message ?? t("error.forbidden") };
  }
  return {
    field: null,
    text: t(status === undefined || status === 0 ? "connection.lost" : "error.internal"),
  };
}

const failureSchema = z
  .looseObject({
    status: z.number().optional().catch(undefined),
    code: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
  })
  .catch({});
