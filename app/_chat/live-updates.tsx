"use client";

import { useEffect, useInsertionEffect, useState } from "react";
import { connection } from "@/app/_client/connection/connection";
import { browserEvents } from "@/app/_client/events/browser-events";
import { publishUserEvent } from "@/app/_client/events/told-events";
import { openOutbox } from "@/app/_client/outbox/browser-outbox";
import { arrive } from "@/app/_client/person/arrive";
import { keepSignedIn } from "@/app/_client/person/keep-signed-in";
import { deliverEverywhere, learnEverywhere } from "@/app/_client/session/open-chats";

interface LiveUpdatesProps {
  userId: string;
  /** What happened after this event, the page does not know. */
  seenSeq: number;
}

/** Keeps this page in step with the person's other tabs and devices, and sends what waits. Draws nothing. */
export function LiveUpdates({ userId, seenSeq }: LiveUpdatesProps) {
  const [firstSeq] = useState(seenSeq);
  // Before any field is attached, which shows its draft as it is.
  useInsertionEffect(() => arrive(userId), [userId]);
  useEffect(() => {
    void keepSignedIn();
    const outbox = openOutbox(userId);
    void outbox.ready.then(deliverEverywhere);
    const stopEvents = browserEvents(userId, firstSeq).subscribe((event) => {
      learnEverywhere(event);
      publishUserEvent(event);
    });
    const stopDelivering = connection.subscribe(() => {
      if (connection.state() !== "offline") void deliverEverywhere();
    });
    return () => {
      stopEvents();
      stopDelivering();
    };
  }, [userId, firstSeq]);
  return null;
}
