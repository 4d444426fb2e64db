import { createHmac, timingSafeEqual } from "node:crypto";
import { parseCookies } from "better-auth/cookies";

/**
 * The session's token in a request's cookies, where Better Auth has signed it: `<token>.<HMAC-SHA256 in base64>`.
 * `null` without a cookie, or with one that was tampered with.
 */
export function readSessionToken(
  headers: Headers,
  { name, secret }: { name: string; secret: string },
): string | null {
  const value = parseCookies(headers.get("cookie") ?? "").get(name);
  const dot = value?.lastIndexOf(".") ?? -1;
  if (value === undefined || dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const right = createHmac("sha256", secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}
