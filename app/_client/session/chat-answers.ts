import { publishChatEvent } from "@/app/_client/events/chat-events";
import type { AnswerFollower } from "@/app/_client/streams/answer-follower";
import { createId } from "@/lib/chats/id";
import type { ChosenModel, ModelName } from "./chosen-model";
import { parentIdOf, type VersionBook } from "./version-book";

interface AnswersParts {
  chatId: string;
  follower: AnswerFollower;
  book: VersionBook;
  chosen: ChosenModel;
}

/** Has a chat's answers written again, or to their end. */
export function createAnswers({ chatId, follower, book, chosen }: AnswersParts) {
  const { chat } = follower;

  return {
    /** With another model than the chat's, where one is named. */
    async answerAgain(messageId: string, otherModel?: ModelName): Promise<void> {
      if (follower.isTaken()) return;
      if (otherModel) chosen.learn([otherModel]);
      const index = chat.messages.findIndex((message) => message.id === messageId);
      if (chat.messages[index]?.role === "assistant") book.keep(parentIdOf(chat.messages, index), messageId);
      // What became of the last try.
      else follower.annotate(messageId, { error: null, failedAt: undefined });
      const before = chat.messages;
      const refusal = await follower.exchange(() =>
        chat.regenerate({
          messageId,
          headers: { "Idempotency-Key": createId() },
          body: { model: otherModel?.id ?? chosen.ofChat() ?? undefined },
        }),
      );
      if (refusal) {
        chat.messages = before;
        follower.annotate(messageId, { error: refusal.error, failedAt: Date.now() });
      }
      publishChatEvent({ type: "answer-settled", chatId });
    },

    /** Goes on with an answer that was cut short, in the same message. */
    async continueAnswer(messageId: string): Promise<void> {
      const before = chat.messages.find((message) => message.id === messageId)?.metadata;
      if (follower.isBusy() || !before) return;
      follower.annotate(messageId, {
        status: "streaming",
        error: null,
        failedAt: undefined,
        isDetached: false,
      });
      const refusal = await follower.exchange(() =>
        chat.resumeStream({ headers: { "Idempotency-Key": createId() }, body: { messageId } }),
      );
      if (refusal) {
        follower.annotate(messageId, { ...before, error: refusal.error, failedAt: Date.now() });
      }
      publishChatEvent({ type: "answer-settled", chatId });
    },
  };
}
