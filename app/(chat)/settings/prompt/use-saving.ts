"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ChatFailure, toFailure } from "@/app/_client/chat-failure";

export interface Saving {
  state: "same" | "changed" | "pending" | "saved";
  failure: ChatFailure | null;
  save(): Promise<void>;
}

/** What is edited here, against what is stored: saved as a whole, and only when asked. */
export function useSaving<T>(stored: T, store: (value: T) => Promise<unknown>) {
  const router = useRouter();
  const [value, setValue] = useState(stored);
  const [saved, setSaved] = useState(stored);
  const [progress, setProgress] = useState<"idle" | "pending" | "saved">("idle");
  const [failure, setFailure] = useState<ChatFailure | null>(null);
  const isChanged = JSON.stringify(value) !== JSON.stringify(saved);

  async function save(): Promise<void> {
    if (progress === "pending") return;
    setProgress("pending");
    setFailure(null);
    try {
      await store(value);
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
  return {
    value,
    change: (part: Partial<T>) => setValue((before) => ({ ...before, ...part })),
    saving: { state, failure, save } satisfies Saving,
  };
}
