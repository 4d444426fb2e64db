"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { subscribeToUserEvents } from "@/app/_client/events/told-events";

/** A key that is set, removed or refused anywhere shows here. */
export function KeysRefresh() {
  const router = useRouter();
  useEffect(
    () =>
      subscribeToUserEvents(({ type }) => {
        if (type === "credential-changed" || type === "resync") router.refresh();
      }),
    [router],
  );
  return null;
}
