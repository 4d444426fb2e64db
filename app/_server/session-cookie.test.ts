import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readSessionToken } from "./session-cookie";

const key = { name: "parley.session_token", secret: "a secret of at least thirty-two characters" };

test("a token is read only under the signature of this installation", () => {
  expect(read(`${key.name}=${signed("token")}`)).toBe("token");
  expect(read(`other=1; ${key.name}=${signed("to.ken")}; more=2`)).toBe("to.ken");
  expect(read(`${key.name}=${signed("token", "another secret, of somebody else's server")}`)).toBeNull();
  expect(read(`${key.name}=${signed("token").replace("token", "tokem")}`)).toBeNull();
});

test.each([
  "",
  "token",
  "token.",
  ".",
  `.${Buffer.alloc(32).toString("base64")}`,
  "token.c2hvcnQ=",
  "%E0%A4%A",
])("a cookie of %j is nobody's", (value) => {
  expect(read(`${key.name}=${value}`)).toBeNull();
});

test("a cookie of another name does not count", () => {
  expect(read(`__Secure-${key.name}=${signed("token")}`)).toBeNull();
  expect(readSessionToken(new Headers(), key)).toBeNull();
});

function read(cookie: string): string | null {
  return readSessionToken(new Headers({ cookie }), key);
}

function signed(token: string, secret = key.secret): string {
  return encodeURIComponent(`${token}.${createHmac("sha256", secret).update(token).digest("base64")}`);
}
