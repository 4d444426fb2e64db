"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { type ChatFailure, toFailure } from "@/app/_client/chat-failure";

export interface Saving {
  state: "same" | "changed" | "pending" | "saved";
  failure: ChatFailure | null;
  save(): Promise<void>;
}

/**
 * What was edited and not saved, for whoever goes to another page and comes back. One for each form. What was not
 * touched is not in it: another device may have changed that meanwhile.
 */
export interface Unsaved<T> {
  parts: Partial<T>;
}

/** What is edited here, against what is stored: saved as a whole, and only when asked. */
export function useSaving<T extends object>(
  unsaved: Unsaved<T>,
  stored: T,
  store: (value: T) => Promise<unknown>,
) {
  const router = useRouter();
  const [value, setValue] = useState<T>({ ...stored, ...unsaved.parts });
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
    unsaved.parts = differing({ ...unsaved.parts, ...part }, saved);
    setValue((before) => ({ ...before, ...part }));
  }

  async function save(): Promise<void> {
    if (progress === "pending") return;
    setProgress("pending");
    setFailure(null);
    try {
      await store(value);
      unsaved.parts = differing(unsaved.parts, value);
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

function differing<T extends object>(parts: Partial<T>, from: T): Partial<T> {
  const left = { ...parts };
  for (const key in left) if (JSON.stringify(left[key]) === JSON.stringify(from[key])) delete left[key];
  return left;
}
