import { AccountError } from "./account-error";

export const signUpPolicies = ["open", "closed"] as const;

export type SignUpPolicy = (typeof signUpPolicies)[number];

/**
 * A closed installation still takes its very first account, so that nobody is locked out
 * of their own server. Throws `SIGN_UP_CLOSED`.
 */
export function requireSignUpOpen(policy: SignUpPolicy, isClaimed: boolean): void {
  if (policy === "closed" && isClaimed) throw new AccountError("SIGN_UP_CLOSED");
}
