import { randomUUID } from "node:crypto";
import { scriptedText, textTokens } from "@/e2e/scripted-model/scripted-text.ts";
import { scriptFor } from "@/e2e/scripted-model/turn.ts";
import { openRawStream, type RawStream } from "./raw-stream.ts";

/** A question whose answer is known to the letter, and like no other's. */
export interface Chat {
  id: string;
  messageId: string;
  prompt: string;
  cookie: string | null;
}

export interface Script {
  tokens: number;
  intervalMs: number;
  /** More directives of the scripted model. */
  more?: string;
}

/** `cookies` are the guests among whom the chats are spread; without any they go without. */
export function planChats(count: number, script: Script, cookies: readonly string[]): Chat[] {
  return Array.from({ length: count }, (_, index) =>
    planChat(script, cookies[index % cookies.length] ?? null),
  );
}

export function planChat({ tokens, intervalMs, more = "" }: Script, cookie: string | null): Chat {
  const id = randomUUID();
  // The model repeats the question: an answer that reached the wrong chat would not go unseen.
  const words = `Question ${id} about the weather at sea, the price of salt and how to mend a sail by night.`;
  return {
    id,
    messageId: randomUUID(),
    prompt: `${words} [[text=echo tokens=${tokens} interval=${intervalMs} ${more}]]`,
    cookie,
  };
}

/** Sends the question; what comes back is the answer's event stream. */
export function ask(url: URL, chat: Chat, onRead?: (stream: RawStream) => void): RawStream {
  const { id, messageId, prompt, cookie } = chat;
  const message = { id: messageId, role: "user", parts: [{ type: "text", text: prompt }] };
  const body = { id, message, trigger: "submit-message" };
  return openRawStream({ url: new URL("/api/chat", url), method: "POST", cookie, body, onRead });
}

export function expectedText({ prompt }: Chat): string {
  return scriptedText(scriptFor(model, prompt));
}

/** How long the text is after each token. */
export function tokenEnds({ prompt }: Chat): number[] {
  let length = 0;
  return textTokens(scriptFor(model, prompt)).map((token) => {
    length += token.length;
    return length;
  });
}

const model = "scripted/burst";
