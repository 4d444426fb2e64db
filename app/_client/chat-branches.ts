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
import { type Refusal, refusalOf } from "./chat-failure";
import { type ChatMessage, textOfMessage, toChatMessage } from "./chat-message";
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

/** An edit that the server did not take. Until it does, the text is safe over a reload as a draft is. */
interface UnsentEdit {
  draftId: string;
  text: string;
  refusal: Refusal;
}

/** What is done to the tree of a chat. Each rejects with a `ChatFailure`, and then nothing has changed. */
export function createBranches({ chatId, follower, book, place, model, stop }: BranchesParts) {
  const { chat } = follower;
  /** By the question that they are of. */
  const unsent = new Map<string, UnsentEdit>();
  const indexOf = (messageId: string) => chat.messages.findIndex((message) => message.id === messageId);

  function forgetEdit(messageId: string): void {
    const edit = unsent.get(messageId);
    if (edit) drafts.release(place(), [edit.draftId]);
    unsent.delete(messageId);
  }

  /** In the place of the question at `index`, which becomes another version of it. */
  async function askInstead(
    index: number,
    asked: ChatMessage,
    otherModel: string | undefined,
  ): Promise<void> {
    const before = chat.messages;
    const parentId = parentIdOf(before, index);
    const former = before[index];
    if (former) book.keep(parentId, former.id);
    chat.messages = before.slice(0, index);
    publishChatEvent({ type: "question-asked", chatId, question: textOfMessage(asked), model: model() });
    const exchange = follower.exchange(() =>
      chat.sendMessage(asked, {
        headers: { "Idempotency-Key": asked.id },
        body: { parentId, model: otherModel ?? model() ?? undefined },
      }),
    );
    const refusal = (await follower.accepted()) ? null : await exchange;
    if (refusal) {
      chat.messages = before;
      publishChatEvent({ type: "question-refused", chatId, isStored: true });
      throw refusal;
    }
    void exchange.then(() => publishChatEvent({ type: "answer-settled", chatId }));
  }

  return {
    versionsOf(messages: readonly ChatMessage[], index: number): readonly string[] {
      const message = messages[index];
      return message ? book.versionsOf(parentIdOf(messages, index), message.id) : [];
    },

    unsentEdit: (messageId: string): UnsentEdit | null => unsent.get(messageId) ?? null,
    forgetEdit,

    /** For a tree that turned out to be another than what is shown. */
    reread: follower.catchUp,

    /** Not while an answer is being written here: its stream needs the place where it is drawn. */
    async showVersion(messageId: string): Promise<void> {
      const page = await api(showMessage, { params: { chatId, messageId } });
      follower.adopt(page);
      if (chat.messages.at(-1)?.metadata?.status === "streaming") void follower.resume();
    },

    /**
     * Puts the question beside its former version, and an answer to it. Stops what is being written first.
     * A text whose question is not there any more goes into the composer.
     */
    async editQuestion(messageId: string, text: string, otherModel?: string): Promise<"sent" | "given-back"> {
      const asked = questionOf(createId(), text);
      // The person put it aside themselves, and needs not be told.
      const question = { ...asked, metadata: { ...asked.metadata, isAside: false } };
      forgetEdit(messageId);
      // First of all: stopping may take its time, and fail.
      drafts.keep(place(), question.id, text);
      try {
        if (follower.isTaken()) await stop();
        const index = indexOf(messageId);
        if (index !== -1) {
          await askInstead(index, question, otherModel);
          return "sent";
        }
      } catch (cause) {
        unsent.set(messageId, { draftId: question.id, text, refusal: refusalOf(cause) });
        throw cause;
      }
      drafts.release(place(), [question.id]);
      drafts.giveBack(place(), text);
      return "given-back";
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
