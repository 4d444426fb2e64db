"use client";

import { Popover } from "@base-ui/react/popover";
import { lazy, Suspense, useEffect, useState } from "react";
import useSWR from "swr/whole";
import { toFailure } from "@/app/_client/chat-failure";
import { subscribeToUserEvents } from "@/app/_client/events/told-events";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { Button } from "@/app/_ui/button";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/panel-translator";
import { detailsOf } from "./details";

const AskedPrompt = lazy(() => import("@/app/_chat/prompt/asked-prompt"));

interface AnswerDetailsProps extends OpenMenu {
  session: ChatSession;
  message: ChatMessage;
}

export default function AnswerDetails({ anchor, close, session, message }: AnswerDetailsProps) {
  const { status, generationId } = message.metadata ?? {};
  const { data, error, mutate } = useSWR(["message", session.chatId, message.id, generationId, status], () =>
    session.about(message.id),
  );
  const details = data && detailsOf(data);
  useEffect(
    () =>
      subscribeToUserEvents((event) => {
        if (event.type === "cost-known" && event.messageId === message.id) void mutate();
      }),
    [mutate, message.id],
  );
  const [isPromptShown, showPrompt] = useState(false);
  if (isPromptShown) {
    return (
      <Suspense>
        <AskedPrompt chatId={session.chatId} messageId={message.id} onClose={close} />
      </Suspense>
    );
  }
  return (
    <Popover.Root
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side="top" align="start" sideOffset={6} className="z-30">
          <Popover.Popup
            finalFocus={anchor}
            className="w-[min(22rem,calc(100vw-1.5rem))] animate-appear rounded-lg bg-raised p-4 text-sm shadow-popover outline-none"
          >
            <Popover.Title className="font-semibold">{t("details.title")}</Popover.Title>
            {error && <p className="mt-2 text-danger">{toFailure(error).message}</p>}
            {!data && !error && <p className="mt-2 text-ink-faint">{t("state.loading")}</p>}
            {details && (
              <>
                <dl className="mt-2.5 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
                  {details.rows.map(({ name, value }) => (
                    <div key={name} className="contents">
                      <dt className="text-ink-soft">{name}</dt>
                      <dd
                        className={
                          value === null
                            ? "text-end text-ink-faint"
                            : "text-end tabular-nums [overflow-wrap:anywhere]"
                        }
                      >
                        {value ?? t("details.unknown")}
                      </dd>
                    </div>
                  ))}
                </dl>
                {generationId && !message.metadata?.edited && (
                  <Button size="small" className="mt-3" onClick={() => showPrompt(true)}>
                    {t("details.prompt")}
                  </Button>
                )}
                {details.note && (
                  <p className="mt-3 border-t border-line pt-2.5 text-xs text-ink-soft text-pretty">
                    {details.note}
                  </p>
                )}
              </>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
