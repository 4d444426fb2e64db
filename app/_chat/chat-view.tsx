"use client";

import { useChat } from "@ai-sdk/react";
import { lazy, Suspense, useEffect, useState } from "react";
import { offerActions } from "@/app/_client/page/actions";
import { type ChatMessage, markdownOfMessage } from "@/app/_client/session/chat-message";
import type { ChatSession, StoredChat } from "@/app/_client/session/chat-session";
import { openChat } from "@/app/_client/session/open-chats";
import { isAnswering } from "@/app/_client/streams/answer-follower";
import { showToast } from "@/app/_ui/toasts";
import { writeClipboard } from "@/app/_ui/write-clipboard";
import { t } from "@/lib/i18n/translator";
import { ChatHeader } from "./chat-header";
import { useChatList, useKnownChat } from "./chat-list/chat-list";
import { Composer } from "./composer/composer";
import { WaitingQuestions } from "./composer/waiting-questions";
import { AttemptNotice } from "./errors/attempt-notice";
import { useAttempt } from "./errors/use-attempt";
import { Examples } from "./examples";
import { Greeting } from "./greeting";
import { ModelButton } from "./models/model-button";
import type { ModelChoice } from "./models/model-choice";
import { Announcer } from "./transcript/announcer";
import { Transcript } from "./transcript/transcript";

const TrashBar = lazy(() => import("./trash-bar"));

interface ChatViewProps {
  chatId: string;
  stored: StoredChat | null;
  title: string | null;
  /** As the server knew it; the list knows sooner of a change. */
  isInTrash: boolean;
  models: Promise<ModelChoice>;
  isAdministrator: boolean;
}

export function ChatView({ chatId, stored, title, isInTrash, models, isAdministrator }: ChatViewProps) {
  const [session] = useState(() => openChat(chatId, stored));
  const { messages, status } = useChat({ chat: session.chat, throttle: 50 });
  useEffect(() => session.attach(), [session]);
  useEffect(() => {
    void models.then(({ answered, byDefault }) => session.chosen.learn([...answered, byDefault]), showIds);
  }, [session, models]);

  const chat = useKnownChat(chatId, title !== null);
  const isGone = useChatList().isGone(chatId);
  const isReadOnly = isGone || (chat ? chat.deletedAt !== null : isInTrash);

  const [sent, setSent] = useState(0);

  const last = messages.at(-1);
  const isBusy = isAnswering(status, last);
  const isEmpty = messages.length === 0;
  const isOfCharacter = chat !== null && chat.characterId !== null;

  const stopping = useAttempt();
  const stop = () => stopping.run(session.stop);
  // What was to be stopped has ended.
  if (stopping.refusal && !isBusy) stopping.forget();
  useAnswerActions({ session, isBusy, isReadOnly, last, stop });

  return (
    <div className="flex h-full flex-col">
      <ChatHeader chat={chat} title={title} />
      <div className={isEmpty ? emptyStage : "contents"}>
        {isEmpty ? (
          <Greeting models={models} isAdministrator={isAdministrator} isOfCharacter={isOfCharacter} />
        ) : (
          <Transcript
            session={session}
            messages={messages}
            status={status}
            isBusy={isBusy}
            isReadOnly={isReadOnly}
            sent={sent}
          />
        )}
        {isReadOnly ? (
          <Suspense>
            <TrashBar chatId={chatId} isGone={isGone} />
          </Suspense>
        ) : (
          <>
            <div className="mx-auto w-full max-w-column shrink-0 px-3 md:px-5">
              <AttemptNotice attempt={stopping} />
            </div>
            <WaitingQuestions session={session} messages={messages} isBusy={isBusy} onStop={stop} />
            <Composer
              session={session}
              isBusy={isBusy}
              // One that waits for its turn leaves the reader where they are.
              onSent={() => isBusy || setSent(sent + 1)}
              onStop={stop}
              modelButton={<ModelButton session={session} models={models} />}
            />
          </>
        )}
        {isEmpty && !isOfCharacter && <Examples models={models} onChoose={session.send} />}
      </div>
      <Announcer status={status} last={last} />
    </div>
  );
}

/** A list that does not come is told of where a model is chosen. */
function showIds(): void {}

interface AnswerActions {
  session: ChatSession;
  isBusy: boolean;
  isReadOnly: boolean;
  last: ChatMessage | undefined;
  stop(): void;
}

/** What the palette and the shortcuts can do with the newest answer. */
function useAnswerActions({ session, isBusy, isReadOnly, last, stop }: AnswerActions): void {
  const isAnswer = last?.role === "assistant" && last.metadata?.parentId !== null;
  const answerId = !isBusy && !isReadOnly && isAnswer ? last.id : null;
  const hasAnswer = session.chat.messages.some((message) => message.role === "assistant");
  // biome-ignore lint/correctness/useExhaustiveDependencies: stopping is the same for one session
  useEffect(
    () =>
      offerActions({
        ...(isBusy && { stopAnswer: stop }),
        ...(answerId && { regenerate: () => void session.answerAgain(answerId) }),
        ...(hasAnswer && { copyAnswer: () => void copyLastAnswer(session) }),
      }),
    [session, isBusy, answerId, hasAnswer],
  );
}

async function copyLastAnswer({ chat }: ChatSession): Promise<void> {
  const answer = chat.messages.findLast((message) => message.role === "assistant");
  const isCopied = answer !== undefined && (await writeClipboard(markdownOfMessage(answer)));
  showToast(t(isCopied ? "message.copied" : "message.copyFailed"));
}

/** `contents` when there is a transcript: the composer then stays the same element, and keeps its focus. */
const emptyStage = "flex min-h-0 flex-1 flex-col overflow-y-auto md:justify-center-safe md:pb-[14vh]";
