"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { type ChatFailure, toFailure } from "@/app/_client/chat-failure";

export interface Saving {
  state: "same" | "changed" | "pending" | "saved";
  failure: ChatFailure | null;
  save(): Promise<void>;
}

/** What was edited and not saved, for whoever goes to another page and comes back. One for each form. */
export interface Unsaved<T> {
  value: T | null;
}

/** What is edited here, against what is stored: saved as a whole, and only when asked. */
export function useSaving<T>(unsaved: Unsaved<T>, stored: T, store: (value: T) => Promise<unknown>) {
  const router = useRouter();
  const [value, setValue] = useState(unsaved.value ?? stored);
  const [saved, setSaved] = useState(stored);
  const [progress, setProgress] = useState<"idle" | "pending" | "saved">("idle");
  const [failure, setFailure] = useState<ChatFailure | null>(null);
  const isChanged = JSON.stringify(value) !== JSON.stringify(saved);

  useEffect(() => {
    if (!isChanged) return;
    const askToStay = (event: Event) => event.preventDefault();
    window.addEventListener("beforeunload", askToStay);
    return () => window.removeEventListener("beforeunload", askToStay);
  }, [isChanged]);

  function change(part: Partial<T>): void {
    unsaved.value = { ...(unsaved.value ?? value), ...part };
    setValue(unsaved.value);
  }

  async function save(): Promise<void> {
    if (progress === "pending") return;
    setProgress("pending");
    setFailure(null);
    try {
      await store(value);
      if (unsaved.value === value) unsaved.value = null;
      setSaved(value);
      setProgress("saved");
      router.refresh();
    } catch (cause) {
      setFailure(toFailure(cause));
      setProgress("idle");
    }
  }

  const state =
    progress === "pending" ? "pending" : isChanged ? "changed" : progress === "saved" ? "saved" : "same";
  return { value, change, saving: { state, failure, save } satisfies Saving };
}
