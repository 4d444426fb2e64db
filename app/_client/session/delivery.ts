import { connection } from "@/app/_client/connection/connection";
import { drafts } from "@/app/_client/drafts/drafts";
import { findOutbox } from "@/app/_client/outbox/browser-outbox";
import type { Waiting } from "@/app/_client/outbox/outbox";
import type { AnswerFollower } from "@/app/_client/streams/answer-follower";
import { type ChatMessage, textOfMessage } from "./chat-message";

/** What became of a question that was sent. */
export type Sending = "accepted" | "refused" | "later";

/** To which model a question goes, `null` for the default, and with what settings. */
export type Asked = Pick<Waiting, "model" | "settings">;

interface DeliveryParts {
  chatId: string;
  follower: AnswerFollower;
  ask(question: ChatMessage, waited: Asked): Promise<Sending>;
  becomeStored(): void;
  /** Where the chat's texts are kept. */
  draftOf(): { place: string; isNew: boolean };
}

/** Keeps a chat's questions in the outbox while they cannot go out, and sends them in order once they can. */
export function createDelivery({ chatId, follower, ask, becomeStored, draftOf }: DeliveryParts) {
  const { chat } = follower;
  let isDelivering = false;

  async function wait(message: ChatMessage, reason: Waiting["reason"], asked: Asked): Promise<void> {
    const outbox = findOutbox();
    if (!outbox) return;
    const { place, isNew } = draftOf();
    const text = textOfMessage(message);
    const known = outbox.ofChat(chatId).find((waiting) => waiting.id === message.id);
    // Until it is safe there, the draft keeps it.
    drafts.keep(place, message.id, text);
    await outbox
      .put({ id: message.id, chatId, text, ...asked, isNew, reason, at: known?.at })
      .then(() => drafts.release(place, [message.id]), keepForLater);
  }

  async function deliver(): Promise<void> {
    const outbox = findOutbox();
    if (!outbox || isDelivering) return;
    isDelivering = true;
    let failures = 0;
    try {
      while (outbox.ofChat(chatId).length > 0 && !follower.isTaken()) {
        const sending = await outbox.sendNext(chatId, sendWaiting);
        failures = sending === "later" ? failures + 1 : 0;
        if (failures > 0) await connection.pause(failures);
      }
    } finally {
      isDelivering = false;
    }
  }

  async function sendWaiting({ id, text, model, settings }: Waiting): Promise<Sending> {
    // Another tab or device may have gone on: it belongs after what is there now.
    const reading = await follower.read();
    if (reading === "lost") return "later";
    if (reading === "read") becomeStored();
    const known = chat.messages.find((message) => message.id === id)?.metadata;
    if (known && known.delivery === undefined) {
      await findOutbox()?.remove(id);
      return "accepted";
    }
    if (follower.isTaken()) {
      void follower.resume();
      return "accepted";
    }
    chat.messages = chat.messages.filter((message) => message.id !== id);
    return ask(questionOf(id, text), { model, settings });
  }

  return { wait, deliver };
}

export function questionOf(id: string, text: string): ChatMessage {
  return {
    id,
    role: "user",
    parts: [{ type: "text", text }],
    metadata: { delivery: "sending", createdAt: new Date().toISOString() },
  };
}

/** What storage does not take stays in memory and in the draft. */
function keepForLater(): void {}
