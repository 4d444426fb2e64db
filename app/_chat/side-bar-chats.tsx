"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/translator";
import { type ChatAge, groupChats } from "./chat-groups";
import { ChatItem } from "./chat-item";
import { useChatList } from "./chat-list";
import { chatIdOf } from "./chat-path";

export function SideBarChats({ today, onOpen }: { today: number; onOpen(): void }) {
  const { chats, hasMore, isLoadingMore, hasFailed, loadMore, refresh } = useChatList();
  const current = chatIdOf(usePathname());
  const localToday = useSyncExternalStore(subscribeToNothing, startOfToday, () => today);

  return (
    <nav aria-label={t("sideBar.chats")} className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-4">
      {chats.length === 0 && <p className="px-2.5 py-3 text-sm text-ink-faint">{t("sideBar.empty")}</p>}
      {groupChats(chats, localToday).map((group) => (
        <section key={group.age} aria-labelledby={`chats-${group.age}`}>
          <h2 id={`chats-${group.age}`} className="px-2.5 pt-4 pb-1.5 text-xs font-medium text-ink-faint">
            {t(groupNames[group.age])}
          </h2>
          <ul>
            {group.chats.map((chat) => (
              <ChatItem key={chat.id} chat={chat} isCurrent={chat.id === current} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      ))}
      {hasFailed && (
        <div className="px-2.5 py-3 text-sm text-ink-soft">
          <p className="mb-2">{t("sideBar.failed")}</p>
          <Button size="small" onClick={refresh}>
            {t("action.retry")}
          </Button>
        </div>
      )}
      {hasMore && !hasFailed && <MoreChats isLoading={isLoadingMore} onLoad={loadMore} />}
    </nav>
  );
}

const groupNames = {
  pinned: "sideBar.pinned",
  today: "sideBar.today",
  yesterday: "sideBar.yesterday",
  week: "sideBar.week",
  older: "sideBar.older",
} as const satisfies Record<ChatAge, string>;

function startOfToday(): number {
  return new Date().setHours(0, 0, 0, 0);
}

/** The day changes while nobody looks; the next drawing notices. */
function subscribeToNothing(): () => void {
  return () => {};
}

/** Loads the next page when its end is seen; as a button it works without seeing, too. */
function MoreChats({ isLoading, onLoad }: { isLoading: boolean; onLoad(): void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || isLoading) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onLoad();
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isLoading, onLoad]);
  return (
    <div ref={end} className="px-2.5 py-3">
      <Button look="quiet" size="small" disabled={isLoading} onClick={onLoad} className="w-full">
        {isLoading ? t("state.loading") : t("sideBar.more")}
      </Button>
    </div>
  );
}
