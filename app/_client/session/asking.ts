import { api } from "@/app/_client/api";
import { connection } from "@/app/_client/connection/connection";
import { drafts } from "@/app/_client/drafts/drafts";
import { publishChatEvent } from "@/app/_client/events/chat-events";
import { findOutbox } from "@/app/_client/outbox/browser-outbox";
import type { Waiting } from "@/app/_client/outbox/outbox";
import type { AnswerFollower } from "@/app/_client/streams/answer-follower";
import { Unreachable } from "@/app/_client/streams/post";
import { listMessages, updateChat } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";
import type { ModelSettings } from "@/lib/models/settings";
import { type ChatMessage, textOfMessage } from "./chat-message";
import type { ChosenModel, ModelName } from "./chosen-model";
import { type Asked, createDelivery, questionOf, type Sending } from "./delivery";
import type { VersionBook } from "./version-book";

interface AskingParts {
  chatId: string;
  follower: AnswerFollower;
  book: VersionBook;
  chosen: ChosenModel;
  settings(): ModelSettings;
  /** Whether the server knows the chat. */
  isStored(): boolean;
  becomeStored(): void;
  /** Where the chat's texts are kept. */
  place(): string;
}

/** Brings a chat's questions to the server, at once or when it is their turn. */
export function createAsking({
  chatId,
  follower,
  book,
  chosen,
  settings,
  isStored,
  becomeStored,
  place,
}: AskingParts) {
  const { chat } = follower;
  const find = (messageId: string) => chat.messages.find((message) => message.id === messageId);
  const remove = (messageId: string) => {
    chat.messages = chat.messages.filter((message) => message.id !== messageId);
  };

  /** What a refused question was asked with, and what was chosen when that was known. */
  const refusedAs = new Map<string, { asked: Asked; chosenThen: Asked }>();

  const { wait, deliver } = createDelivery({
    chatId,
    follower,
    ask,
    becomeStored,
    draftOf: () => ({ place: place(), isNew: !isStored() }),
  });

  function confirmDelivery(leftLeafId: string | null): void {
    const sent = chat.messages.filter((message) => message.metadata?.delivery === "sending");
    const ids = sent.map((message) => message.id);
    drafts.release(place(), ids);
    for (const { id, metadata } of sent) {
      follower.annotate(id, { delivery: undefined });
      if (leftLeafId !== null && metadata?.isAside === undefined) void tellAside(id);
      void findOutbox()?.remove(id).catch(keepForLater);
    }
    becomeStored();
  }

  /** The chat had gone on elsewhere: the question has another version that this page has not seen. */
  async function tellAside(questionId: string): Promise<void> {
    const query = { path: "active" as const, limit: 2 };
    const page = await api(listMessages, { params: { chatId }, query }).catch(seeLater);
    if (!page) return;
    const place = page.items.find(({ id }) => id === questionId);
    const isAside = page.forks.some(({ parentId }) => parentId === place?.parentId);
    book.learn(page);
    if (place && isAside) follower.annotate(questionId, { isAside });
  }

  const asChosen = (): Asked => ({ model: chosen.next(), settings: settings() });

  const waitAs = (message: ChatMessage, reason: Waiting["reason"], asked: Asked): Promise<void> =>
    wait(message, reason, { ...asked, model: asked.model ?? chosen.nextByName() });

  /** What was chosen since a chat's first question was asked, nobody else knows. */
  async function tellChoice(asked: Asked): Promise<void> {
    const model = chosen.ofChat();
    const body = {
      ...(model !== null && model !== asked.model && { model }),
      ...(JSON.stringify(settings()) !== JSON.stringify(asked.settings) && { settings: settings() }),
    };
    if (Object.keys(body).length > 0) await api(updateChat, { params: { chatId }, body }).catch(seeLater);
  }

  /** A model that was chosen for one question is used up, unless the question is refused. */
  async function askNow(message: ChatMessage, again: Asked | null): Promise<void> {
    const isChosen = again === null || again.model === chosen.once();
    const sending = await ask(message, again);
    if (sending !== "refused" && isChosen) chosen.forgetOnce();
    if (sending === "later") void connection.pause(0).then(deliver);
  }

  /**
   * Resolves once it is known whether the server has the question; the answer goes on coming.
   * One that has waited, or is asked again, goes as it was asked, whatever was chosen since.
   */
  async function ask(message: ChatMessage, before: Asked | null): Promise<Sending> {
    const asked = before ?? asChosen();
    const isFirst = !isStored();
    const parent = chat.messages.findLast((earlier) => earlier.metadata?.delivery === undefined);
    publishChatEvent({
      type: "question-asked",
      chatId,
      question: textOfMessage(message),
      model: chosen.ofChat(),
    });
    const exchange = follower.exchange(() =>
      chat.sendMessage(message, {
        headers: { "Idempotency-Key": message.id },
        body: {
          parentId: parent?.id ?? null,
          model: asked.model ?? undefined,
          // A chat's own come from where it is stored.
          settings: isFirst || before ? asked.settings : undefined,
        },
      }),
    );
    if (await follower.accepted()) {
      if (isFirst) void tellChoice(asked);
      void exchange.then(() => publishChatEvent({ type: "answer-settled", chatId }));
      return "accepted";
    }
    const refusal = await exchange;
    publishChatEvent({ type: "question-refused", chatId, isStored: isStored() });
    if (refusal === null) return "refused";
    if (refusal instanceof Unreachable || refusal.error.type === "generation_active") {
      remove(message.id);
      await waitAs(message, refusal instanceof Unreachable ? "connection" : "answer", asked);
      if (!(refusal instanceof Unreachable)) void follower.catchUp();
      return "later";
    }
    follower.annotate(message.id, { delivery: "failed", error: refusal.error, failedAt: Date.now() });
    refusedAs.set(message.id, { asked, chosenThen: asChosen() });
    drafts.keep(place(), message.id, textOfMessage(message));
    await findOutbox()?.remove(message.id).catch(keepForLater);
    return "refused";
  }

  /** A refused question is asked again as it was; with what is chosen by now (`null`) where that was changed since. */
  function againAs(messageId: string): Asked | null {
    const refused = refusedAs.get(messageId);
    if (!refused) return null;
    const now = JSON.stringify(asChosen());
    const isChanged = now !== JSON.stringify(refused.chosenThen);
    return isChanged || now === JSON.stringify(refused.asked) ? null : refused.asked;
  }

  /** Sends it under the id it had, so that it is stored once even if the first try did arrive. */
  function resend(messageId: string, again: Asked | null): void {
    const message = find(messageId);
    if (!message || follower.isTaken()) return;
    remove(messageId);
    void askNow(questionOf(message.id, textOfMessage(message)), again);
  }

  return {
    /** The server has what was sent. */
    confirmDelivery,

    questions: {
      deliver,

      /** While an answer runs, or others wait already, it waits for its turn. */
      send(text: string): boolean {
        const message = questionOf(createId(), text);
        const outbox = findOutbox();
        const queued = outbox?.ofChat(chatId) ?? [];
        if (follower.isTaken() || queued.length > 0) {
          if (!outbox) return false;
          drafts.hold(place(), message.id, text);
          void waitAs(message, follower.isTaken() ? "answer" : "connection", asChosen()).then(deliver);
          chosen.forgetOnce();
          return true;
        }
        drafts.hold(place(), message.id, text);
        void askNow(message, null);
        return true;
      },

      resend: (messageId: string) => resend(messageId, againAs(messageId)),

      async resendWith(messageId: string, model: ModelName): Promise<void> {
        chosen.choose(model);
        if (isStored())
          await api(updateChat, { params: { chatId }, body: { model: model.id } }).catch(seeLater);
        resend(messageId, null);
      },

      /** Takes an undelivered question back into the composer. */
      withdraw(messageId: string): void {
        const message = find(messageId);
        if (!message) return;
        remove(messageId);
        drafts.release(place(), [messageId]);
        drafts.giveBack(place(), textOfMessage(message));
      },

      /** Takes a waiting question back into the composer, unless it has just gone out. */
      async editWaiting(waiting: Waiting): Promise<void> {
        const taken = await findOutbox()?.withdraw(waiting);
        if (taken) drafts.giveBack(place(), taken.text);
      },
    },
  };
}

/** The versions are read with the next page. */
function seeLater(): null {
  return null;
}

/** What storage does not take stays in memory and in the draft. */
function keepForLater(): void {}
