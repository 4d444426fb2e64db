import { Chat } from "@ai-sdk/react";
import { startTransition } from "react";
import { api } from "@/app/_client/api";
import { type ChatFailure, toFailure } from "@/app/_client/chat-failure";
import type { Connection } from "@/app/_client/connection/connection";
import {
  type ChatMessage,
  type ChatMessageMetadata,
  toChatMessage,
} from "@/app/_client/session/chat-message";
import { listMessages } from "@/lib/api/chats";
import type { MessagePage } from "@/lib/chats/chat-store";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import type { AnswerEnd } from "./answer-stream";
import { createChatTransport } from "./chat-transport";

interface FollowerParts {
  connection: Connection;
  /** `leftLeafId` is where the visible branch ended, if the question was put beside it. */
  onAccepted(leftLeafId: string | null): void;
  /** `isAnew`: nothing of what was shown before is left. */
  onRead(page: MessagePage, isAnew: boolean): void;
  /** An answer was followed to its end, and is stored. */
  onEnded(): void;
  /** Nothing is being followed any more: what waits may go out. */
  onIdle(): void;
}

export type AnswerFollower = ReturnType<typeof createAnswerFollower>;

/** Keeps one chat's messages in step with the answer that is being written in it. */
export function createAnswerFollower(
  chatId: string,
  stored: Message[],
  { connection, onAccepted, onRead, onEnded, onIdle }: FollowerParts,
) {
  let end: AnswerEnd | null = null;
  let generationId: string | null = null;
  let acceptance = Promise.withResolvers<boolean>();
  let isResuming = false;
  let exchanged: Promise<unknown> = Promise.resolve();

  const chat = new Chat<ChatMessage>({
    id: chatId,
    generateId: createId,
    messages: visible(stored),
    transport: createChatTransport(
      {
        onAccepted(id, leftLeafId) {
          generationId = id;
          onAccepted(leftLeafId);
          acceptance.resolve(true);
        },
        onEnd(how) {
          end = how;
        },
      },
      connection,
    ),
  });

  const isBusy = () => chat.status === "submitted" || chat.status === "streaming";
  const isFollowing = () => isBusy() || isResuming;
  const isTaken = () => isBusy() || isAnswering(chat.status, chat.messages.at(-1));
  const endedAs = (how: AnswerEnd) => end === how;

  /** Resolves when the answer is over; with the refusal when the server took nothing. */
  function exchange(request: () => Promise<void>): Promise<ChatFailure | null> {
    generationId = null;
    acceptance = Promise.withResolvers();
    const refusal = follow(request);
    exchanged = refusal;
    void refusal.then(() => setTimeout(onIdle));
    return refusal;
  }

  async function follow(request: () => Promise<void>): Promise<ChatFailure | null> {
    const { promise: accepted, resolve } = acceptance;
    end = null;
    await request();
    while (endedAs("restarted")) {
      end = null;
      await chat.resumeStream();
    }
    if (endedAs("ended")) onEnded();
    resolve(false);
    const failure = chat.status === "error" ? toFailure(chat.error) : null;
    chat.clearError();
    if (!(await accepted)) {
      if (endedAs("gone")) await refresh();
      return failure;
    }
    if (endedAs("gone")) await refresh();
    else if (failure !== null) detach();
    return null;
  }

  /** Tries for as long as nobody can be reached: the answer is there, and so is what is shown of it. */
  async function resume(): Promise<void> {
    if (isFollowing()) return;
    isResuming = true;
    const line = connection.openLine();
    try {
      for (let failures = 0; ; failures += 1) {
        await connection.untilVisible();
        const refusal = await exchange(() => chat.resumeStream());
        if (refusal === null) return;
        if (refusal.error.details?.reason !== "connection") return detach();
        line.lost();
        await connection.pause(failures);
      }
    } finally {
      line.close();
      isResuming = false;
    }
  }

  /** What is shown stays when the messages cannot be read. */
  async function read(): Promise<"read" | "missing" | "lost"> {
    try {
      const page = await api(listMessages, { params: { chatId }, query: { path: "active" } });
      adopt(page);
      return "read";
    } catch (cause) {
      return toFailure(cause).error.type === "not_found" ? "missing" : "lost";
    }
  }

  async function refresh(): Promise<void> {
    await read();
    detach();
  }

  /** For what happened elsewhere: reads the messages, and follows the answer if one is being written. */
  async function catchUp(): Promise<void> {
    if (isFollowing()) return;
    await read();
    if (chat.messages.at(-1)?.metadata?.status === "streaming") await resume();
    else onIdle();
  }

  /** An answer that still counts as running but reaches us no more offers to reconnect. */
  function detach(): void {
    const running = chat.messages.findLast((message) => message.metadata?.status === "streaming");
    if (running) annotate(running.id, { isDetached: true });
  }

  function annotate(messageId: string, metadata: ChatMessageMetadata): void {
    chat.messages = chat.messages.map((message) =>
      message.id === messageId ? { ...message, metadata: { ...message.metadata, ...metadata } } : message,
    );
  }

  /** The server's messages, between what was loaded of earlier ones and what it has not taken yet. */
  function adopt(page: MessagePage): void {
    if (isBusy()) return;
    const all = page.items;
    // Nobody asked for what comes before the first message shown.
    const first = all.findIndex((message) => message.id === chat.messages[0]?.id);
    const stored = all.slice(Math.max(0, first));
    const known = new Set(stored.map((message) => message.id));
    const firstShared = chat.messages.findIndex((message) => known.has(message.id));
    const earlier = firstShared > 0 ? chat.messages.slice(0, firstShared) : [];
    const undelivered = chat.messages.filter(
      (message) => message.metadata?.delivery !== undefined && !known.has(message.id),
    );
    onRead(page, firstShared === -1);
    chat.messages = [...earlier, ...visible(stored), ...undelivered];
  }

  return {
    chat,
    isBusy,
    /** Also between two tries to join an answer. */
    isFollowing,
    /** Also while the stream of an answer that goes on is joined again. */
    isTaken,
    exchange,
    resume,
    read,
    refresh,
    catchUp,
    adopt,
    annotate,
    /** Hundreds at once are drawn bit by bit: who types meanwhile is not held up. */
    prepend(earlier: Message[]): void {
      startTransition(() => {
        chat.messages = [...visible(earlier), ...chat.messages];
      });
    },
    generationId: () => generationId,
    accepted: () => acceptance.promise,
    async endWithin(ms: number): Promise<void> {
      await Promise.race([exchanged, new Promise((resolve) => setTimeout(resolve, ms))]);
      if (!isBusy()) return;
      await chat.stop();
      await refresh();
    },
  };
}

/** Whether an answer is on its way, as the reader should see it: also before the stream is joined again. */
export function isAnswering(status: Chat<ChatMessage>["status"], last: ChatMessage | undefined): boolean {
  if (status === "submitted" || status === "streaming") return true;
  return last?.metadata?.status === "streaming" && last.metadata.isDetached !== true;
}

function visible(messages: Message[]): ChatMessage[] {
  return messages.filter((message) => message.role !== "system").map(toChatMessage);
}
