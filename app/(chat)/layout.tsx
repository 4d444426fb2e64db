import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { ChatShell } from "@/app/_chat/client-entry";
import { sideBarCookie } from "@/app/_client/preferences";
import { getProfile } from "@/app/_server/actor";
import { services } from "@/app/_server/services";
import { listChats } from "@/lib/api/chats";
import { visitOfRequest } from "./actor-of-request";
import { WayBackProvider } from "./settings/way-back";

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const visit = await visitOfRequest();
  // The page inside sends the visitor to sign in; it knows where they wanted to go.
  if (!visit) return children;

  const { actor, seenSeq } = visit;
  const { chats, settings } = services();
  const [firstPage, unread, profile, cookieJar] = await Promise.all([
    chats.list(actor, listChats.query.parse({})),
    chats.countUnread(actor),
    getProfile(await headers()),
    cookies(),
  ]);
  return (
    <ChatShell
      firstPage={firstPage}
      unreadCount={unread.count}
      userId={actor.userId}
      seenSeq={seenSeq}
      person={{ ...profile, isGuest: actor.isGuest, canSignUp: actor.isGuest && settings.signUp === "open" }}
      today={new Date().setUTCHours(0, 0, 0, 0)}
      startsOpen={cookieJar.get(sideBarCookie)?.value !== "closed"}
    >
      <WayBackProvider>{children}</WayBackProvider>
    </ChatShell>
  );
}
