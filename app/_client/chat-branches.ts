import {
  branchChat,
  deleteMessage,
  editAnswer,
  getMessage,
  restoreMessage,
  showMessage,
} from "@/lib/api/messages";
import { createId } from "@/lib/chats/id";
import type { AnswerFollower } from "./answer-follower";
import { api } from "./api";
import { publishChatEvent } from "./chat-events";
import type { ChatFailure } from "./chat-failure";
import { type ChatMessage, toChatMessage } from "./chat-message";
import { questionOf } from "./delivery";
import { drafts } from "./drafts";
import { parentIdOf, type VersionBook } from "./version-book";

interface BranchesParts {
  chatId: string;
  follower: AnswerFollower;
  book: VersionBook;
  /** Where the chat's texts are kept. */
  place(): string;
  model(): string | null;
  /** Ends the answer that is being written. */
  stop(): Promise<void>;
}

/** What is done to the tree of a chat. Each rejects with a `ChatFailure`, and then nothing has changed. */
export function createBranches({ chatId, follower, book, place, model, stop }: BranchesParts) {
  const { chat } = follower;
  /** Edits that the server did not take, by the question that they are of. */
  const unsent = new Map<string, string>();
  const indexOf = (messageId: string) => chat.messages.findIndex((message) => message.id === messageId);

  return {
    versionsOf(messages: readonly ChatMessage[], index: number): readonly string[] {
      const message = messages[index];
      return message ? book.versionsOf(parentIdOf(messages, index), message.id) : [];
    },

    unsentEdit: (messageId: string): string | null => unsent.get(messageId) ?? null,
    forgetEdit: (messageId: string) => void unsent.delete(messageId),

    /** For a tree that turned out to be another than what is shown. */
    reread: follower.catchUp,

    /** Not while an answer is being written here: its stream needs the place where it is drawn. */
    async showVersion(messageId: string): Promise<void> {
      const page = await api(showMessage, { params: { chatId, messageId } });
      follower.adopt(page);
      if (chat.messages.at(-1)?.metadata?.status === "streaming") void follower.resume();
    },

    /** Puts the question beside its former version, and an answer to it. Stops what is being written first. */
    async editQuestion(messageId: string, text: string): Promise<void> {
      if (follower.isTaken()) await stop();
      const before = chat.messages;
      const index = indexOf(messageId);
      if (index === -1) return;
      const parentId = parentIdOf(before, index);
      const asked = questionOf(createId(), text);
      // The person put it aside themselves, and needs not be told.
      const question = { ...asked, metadata: { ...asked.metadata, isAside: false } };
      unsent.delete(messageId);
      book.keep(parentId, messageId);
      // Until the server has it, it is safe over a reload like any other.
      drafts.keep(place(), question.id, text);
      chat.messages = before.slice(0, index);
      publishChatEvent({ type: "question-asked", chatId, question: text, model: model() });
      const exchange = follower.exchange(() =>
        chat.sendMessage(question, {
          headers: { "Idempotency-Key": question.id },
          body: { parentId, model: model() ?? undefined },
        }),
      );
      const refusal: ChatFailure | null = (await follower.accepted()) ? null : await exchange;
      if (refusal) {
        drafts.release(place(), [question.id]);
        unsent.set(messageId, text);
        chat.messages = before;
        publishChatEvent({ type: "question-refused", chatId, isStored: true });
        throw refusal;
      }
      void exchange.then(() => publishChatEvent({ type: "answer-settled", chatId }));
    },

    /** Puts the person's own wording beside the answer; what came after it stays with the former one. */
    async editAnswer(messageId: string, text: string): Promise<void> {
      const index = indexOf(messageId);
      const edited = await api(editAnswer, {
        params: { chatId, messageId },
        headers: { "Idempotency-Key": createId() },
        body: { text },
      });
      book.keep(edited.parentId, messageId);
      book.keep(edited.parentId, edited.id);
      // Who has asked in the meantime is answered there, and finds the new wording as a version.
      if (index !== -1 && !follower.isTaken())
        chat.messages = [...chat.messages.slice(0, index), toChatMessage(edited)];
    },

    about: (messageId: string) => api(getMessage, { params: { chatId, messageId } }),

    /** Gives the way back. */
    async remove(messageId: string): Promise<() => Promise<void>> {
      const leafMessageId = chat.messages.at(-1)?.id ?? null;
      const params = { chatId, messageId };
      await api(deleteMessage, { params, body: {} });
      await follower.read();
      return async () => {
        await api(restoreMessage, { params, body: { leafMessageId } });
        await follower.read();
      };
    },

    /** Gives the id of the new chat. */
    async branchFrom(messageId: string): Promise<string> {
      const branch = await api(branchChat, {
        params: { chatId, messageId },
        headers: { "Idempotency-Key": createId() },
        body: {},
      });
      publishChatEvent({ type: "answer-settled", chatId: branch.id });
      return branch.id;
    },
  };
}
