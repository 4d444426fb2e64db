import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type ErrorAnswer, plainError } from "./errors.ts";
import type { Answer } from "./http.ts";

const codeMsMax = 10 * 60_000;

export type Authorization = ReturnType<typeof createAuthorization>;

/** OpenRouter's OAuth with PKCE: a page that gives a code to whoever agrees, and keys for codes. */
export function createAuthorization() {
  const codes = new Map<string, { challenge: string | null; madeAt: number }>();
  const keys: string[] = [];

  return {
    /** The keys that were given out, oldest first. */
    keys: (): readonly string[] => keys,

    /** What a person sees who is sent here: agree, or go back with nothing. */
    sendPage(url: URL, response: ServerResponse): void {
      const callback = url.searchParams.get("callback_url");
      const challenge = url.searchParams.get("code_challenge");
      const isKnown = url.searchParams.get("code_challenge_method") === "S256";
      if (callback === null || !URL.canParse(callback) || !isKnown) {
        response
          .writeHead(400, { "Content-Type": "text/plain" })
          .end("callback_url and an S256 challenge are wanted");
        return;
      }
      const code = `code-${randomBytes(12).toString("base64url")}`;
      codes.set(code, { challenge, madeAt: Date.now() });
      const agreed = new URL(callback);
      agreed.searchParams.set("code", code);
      const wrong = new URL(callback);
      wrong.searchParams.set("code", "code-that-nobody-gave");
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
      response.end(
        `<!doctype html><title>Authorize</title><h1>Authorize Parley?</h1>` +
          [
            link(agreed, "Authorize"),
            link(new URL(callback), "Deny"),
            link(wrong, "Bring a wrong code"),
          ].join(" "),
      );
    },

    /** `POST /auth/keys`: a code is good once, and with its verifier. */
    exchange(body: string | null): Answer {
      const asked: unknown = body === null ? null : parse(body);
      const { code, code_verifier: verifier, code_challenge_method: method } = Object(asked);
      if (method !== "S256") return plainError("400", "Invalid code_challenge_method");
      const found = codes.get(String(code));
      codes.delete(String(code));
      const challenge = createHash("sha256").update(String(verifier)).digest("base64url");
      if (!found || found.challenge !== challenge || Date.now() - found.madeAt > codeMsMax)
        return invalidCode();
      const key = `sk-or-v1-connected-${randomBytes(12).toString("hex")}`;
      keys.push(key);
      return { status: 200, body: { key, user_id: "user_scripted" } };
    },
  };
}

function invalidCode(): ErrorAnswer {
  return plainError("403", "Invalid code or code_verifier");
}

function link(url: URL, label: string): string {
  return `<a href="${url.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">${label}</a>`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
