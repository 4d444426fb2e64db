import { api } from "@/app/_client/api";
import { type ChatFailure, type Refusal, refusalOf } from "@/app/_client/chat-failure";
import { drafts } from "@/app/_client/drafts/drafts";
import { publishChatEvent } from "@/app/_client/events/chat-events";
import type { AnswerFollower } from "@/app/_client/streams/answer-follower";
import {
  branchChat,
  deleteMessage,
  editAnswer,
  getMessage,
  restoreMessage,
  showMessage,
} from "@/lib/api/messages";
import { createId } from "@/lib/chats/id";
import { type ChatMessage, textOfMessage, toChatMessage } from "./chat-message";
import type { ChosenModel, ModelName } from "./chosen-model";
import { questionOf } from "./delivery";
import { parentIdOf, type VersionBook } from "./version-book";

interface BranchesParts {
  chatId: string;
  follower: AnswerFollower;
  book: VersionBook;
  /** Where the chat's texts are kept. */
  place(): string;
  chosen: ChosenModel;
  /** Ends the answer that is being written. */
  stop(): Promise<void>;
}

/** An edit that the server did not take. Until it does, the text is safe over a reload as a draft is. */
interface UnsentEdit {
  draftId: string;
  text: string;
  model: string | null;
  refusal: Refusal;
}

/** What is done to the tree of a chat. Each rejects with a `ChatFailure`, and then nothing has changed. */
export function createBranches({ chatId, follower, book, place, chosen, stop }: BranchesParts) {
  const { chat } = follower;
  /** By the question that they are of. */
  const unsent = new Map<string, UnsentEdit>();
  /** Of answers, by the answer: under what id the wording is sent until it is known to be stored. */
  const wordings = new Map<string, { id: string; text: string }>();
  const indexOf = (messageId: string) => chat.messages.findIndex((message) => message.id === messageId);

  function forgetEdit(messageId: string): void {
    const edit = unsent.get(messageId);
    if (edit) drafts.release(place(), [edit.draftId]);
    unsent.delete(messageId);
  }

  /** In the place of the question at `index`, which becomes another version of it. Gives why it was refused. */
  async function askInstead(
    index: number,
    asked: ChatMessage,
    model: string | null,
  ): Promise<ChatFailure | null> {
    const before = chat.messages;
    const parentId = parentIdOf(before, index);
    const former = before[index];
    if (former) book.keep(parentId, former.id);
    chat.messages = before.slice(0, index);
    publishChatEvent({
      type: "question-asked",
      chatId,
      question: textOfMessage(asked),
      model: chosen.ofChat(),
    });
    const exchange = follower.exchange(() =>
      chat.sendMessage(asked, {
        headers: { "Idempotency-Key": asked.id },
        body: { parentId, model: model ?? undefined },
      }),
    );
    if (!(await follower.accepted())) {
      publishChatEvent({ type: "question-refused", chatId, isStored: true });
      return await exchange;
    }
    void exchange.then(() => publishChatEvent({ type: "answer-settled", chatId }));
    return null;
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
    async editQuestion(
      messageId: string,
      text: string,
      otherModel?: ModelName,
    ): Promise<"sent" | "given-back"> {
      const model = otherModel?.id ?? chosen.ofChat();
      const failed = unsent.get(messageId);
      // The first try may have arrived all the same: under its id the question is asked, and paid, once.
      const isAgain = failed?.text === text && failed.model === model;
      const asked = questionOf(isAgain ? failed.draftId : createId(), text);
      // The person put it aside themselves, and needs not be told.
      const question = { ...asked, metadata: { ...asked.metadata, isAside: false } };
      if (otherModel) chosen.learn([otherModel]);
      forgetEdit(messageId);
      // First of all: stopping may take its time, and fail.
      drafts.keep(place(), question.id, text);
      const keep = (refusal: unknown) =>
        unsent.set(messageId, { draftId: question.id, text, model, refusal: refusalOf(refusal) });
      if (follower.isTaken()) {
        await stop().catch((refusal) => {
          keep(refusal);
          throw refusal;
        });
      }
      const before = chat.messages;
      const index = indexOf(messageId);
      if (index === -1) {
        drafts.release(place(), [question.id]);
        drafts.giveBack(place(), text);
        return "given-back";
      }
      const refusal = await askInstead(index, question, model);
      if (refusal === null) return "sent";
      // Before the question is drawn again, which looks for it.
      keep(refusal);
      chat.messages = before;
      throw refusal;
    },

    /** Puts the person's own wording beside the answer; what came after it stays with the former one. */
    async editAnswer(messageId: string, text: string): Promise<void> {
      const index = indexOf(messageId);
      const tried = wordings.get(messageId);
      const wording = tried?.text === text ? tried : { id: createId(), text };
      wordings.set(messageId, wording);
      const edited = await api(editAnswer, {
        params: { chatId, messageId },
        headers: { "Idempotency-Key": wording.id },
        body: { text },
      });
      if (wordings.get(messageId) === wording) wordings.delete(messageId);
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
