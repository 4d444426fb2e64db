"use client";

import { redirect, usePathname } from "next/navigation";
import { useState, useSyncExternalStore } from "react";
import { findLeftOff, subscribeToOutbox } from "@/app/_client/outbox/browser-outbox";
import { findOpenChat } from "@/app/_client/session/open-chats";
import { createId } from "@/lib/chats/id";
import { chatIdOf } from "./chat-path";
import { ChatView } from "./chat-view";
import type { ModelChoice } from "./models/model-choice";

interface NewChatProps {
  models: Promise<ModelChoice>;
  isAdministrator: boolean;
}

/**
 * The page of a chat that is not stored yet. With its first question the address becomes the
 * chat's own while this page stays mounted, so from then on the address says which chat is
 * shown: also when the browser goes back to it from a newer one.
 */
export function NewChat({ models, isAdministrator }: NewChatProps) {
  const addressed = chatIdOf(usePathname());
  const [freshId, setFreshId] = useState(createId);
  const leftOff = useSyncExternalStore(subscribeToOutbox, findLeftOff, () => null);
  if (addressed === freshId) setFreshId(createId());
  else if (addressed === null && leftOff !== null && leftOff !== freshId) setFreshId(leftOff);
  if (addressed !== null && addressed !== freshId && !findOpenChat(addressed)) redirect(`/chat/${addressed}`);

  const chatId = addressed ?? freshId;
  return (
    <ChatView
      key={chatId}
      chatId={chatId}
      stored={null}
      title={null}
      isInTrash={false}
      models={models}
      isAdministrator={isAdministrator}
    />
  );
}
