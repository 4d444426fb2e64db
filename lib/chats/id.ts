import { z } from "zod";

/** Chat, message and request ids: made by the client or by us, safe in URLs and headers. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 letters, digits, - or _");

/** 22 characters of [A-Za-z0-9_-]: 128 random bits. Web Crypto, so that it runs in the browser as well. */
export function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
