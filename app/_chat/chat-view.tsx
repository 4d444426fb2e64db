"use client";

import { useChat } from "@ai-sdk/react";
import { useEffect, useState } from "react";
import { isAnswering } from "@/app/_client/answer-follower";
import { toFailure } from "@/app/_client/chat-failure";
import type { StoredChat } from "@/app/_client/chat-session";
import { openChat } from "@/app/_client/open-chats";
import { showToast } from "@/app/_ui/toasts";
import { Announcer } from "./announcer";
import { ChatHeader } from "./chat-header";
import { Composer } from "./composer";
import { Examples } from "./examples";
import { Greeting } from "./greeting";
import { ModelButton } from "./model-button";
import type { ModelChoice } from "./model-choice";
import { Transcript } from "./transcript";
import { WaitingQuestions } from "./waiting-questions";

interface ChatViewProps {
  chatId: string;
  stored: StoredChat | null;
  title: string | null;
  models: Promise<ModelChoice>;
  isAdministrator: boolean;
}

export function ChatView({ chatId, stored, title, models, isAdministrator }: ChatViewProps) {
  const [session] = useState(() => openChat(chatId, stored));
  const { messages, status } = useChat({ chat: session.chat, throttle: 50 });
  useEffect(() => session.attach(), [session]);

  const last = messages.at(-1);
  const isBusy = isAnswering(status, last);
  const isEmpty = messages.length === 0;

  const stop = () => session.stop().catch((cause) => showToast(toFailure(cause).message));

  return (
    <div className="flex h-full flex-col">
      <ChatHeader chatId={chatId} title={title} />
      <div className={isEmpty ? emptyStage : "contents"}>
        {isEmpty ? (
          <Greeting models={models} isAdministrator={isAdministrator} />
        ) : (
          <Transcript session={session} messages={messages} status={status} isBusy={isBusy} />
        )}
        <WaitingQuestions session={session} messages={messages} isBusy={isBusy} onStop={stop} />
        <Composer
          session={session}
          isBusy={isBusy}
          onStop={stop}
          modelButton={<ModelButton session={session} models={models} />}
        />
        {isEmpty && <Examples models={models} onChoose={session.send} />}
      </div>
      <Announcer isBusy={isBusy} last={last} />
    </div>
  );
}

/** `contents` when there is a transcript: the composer then stays the same element, and keeps its focus. */
const emptyStage = "flex min-h-0 flex-1 flex-col overflow-y-auto md:justify-center-safe md:pb-[14vh]";
