"use client";

import type { ChatStatus } from "ai";
import { useState } from "react";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import { t } from "@/lib/i18n/translator";
import { announce, silence } from "./announcement";

/** Tells screen readers that an answer began and how it ended, and nothing in between. */
export function Announcer({ status, last }: { status: ChatStatus; last: ChatMessage | undefined }) {
  const [told, setTold] = useState(silence);
  const next = announce(told, { status, last });
  if (next !== told) setTold(next);
  return <output className="sr-only">{next.text && t(next.text)}</output>;
}
