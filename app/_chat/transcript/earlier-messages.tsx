"use client";

import { useState } from "react";
import { AttemptNotice } from "@/app/_chat/errors/attempt-notice";
import { useAttempt } from "@/app/_chat/errors/use-attempt";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/translator";
import { focusToConversation } from "./focus-to-conversation";

/** The way to what came before the first message shown. */
export function EarlierMessages({ session }: { session: ChatSession }) {
  const [isLoading, setLoading] = useState(false);
  const attempt = useAttempt();
  if (!session.hasEarlier()) return null;

  async function load() {
    setLoading(true);
    await attempt.run(() => session.loadEarlier());
    setLoading(false);
  }
  return (
    <div className="pb-6">
      <div className="text-center">
        <Button
          size="small"
          look="quiet"
          ref={focusToConversation}
          aria-disabled={isLoading}
          onClick={isLoading ? undefined : load}
        >
          {isLoading ? t("state.loading") : t("transcript.earlier")}
        </Button>
      </div>
      <AttemptNotice attempt={attempt} />
    </div>
  );
}
