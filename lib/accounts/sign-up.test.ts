import { expect, test } from "vitest";
import { AccountError } from "./account-error";
import { requireSignUpOpen } from "./sign-up";

test("an open installation takes everybody", () => {
  expect(() => requireSignUpOpen("open", false)).not.toThrow();
  expect(() => requireSignUpOpen("open", true)).not.toThrow();
});

test("a closed installation takes its owner and nobody else", () => {
  expect(() => requireSignUpOpen("closed", false)).not.toThrow();
  expect(() => requireSignUpOpen("closed", true)).toThrow(new AccountError("SIGN_UP_CLOSED"));
});
