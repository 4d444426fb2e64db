import { useState } from "react";
import { type Refusal, refusalOf } from "@/app/_client/chat-failure";

export interface Attempt {
  /** How the last one failed. */
  refusal: Refusal | null;
  /** Does what a person wants done. */
  run(work: () => Promise<unknown>): Promise<void>;
  again(): void;
  forget(): void;
}

/** What is tried here and may be refused, so that it can be told where it was tried. */
export function useAttempt(): Attempt {
  const [failed, setFailed] = useState<{ refusal: Refusal; work(): Promise<unknown> } | null>(null);

  async function run(work: () => Promise<unknown>) {
    setFailed(null);
    try {
      await work();
    } catch (cause) {
      setFailed({ refusal: refusalOf(cause), work });
    }
  }

  return {
    refusal: failed?.refusal ?? null,
    run,
    again: () => {
      if (failed) void run(failed.work);
    },
    forget: () => setFailed(null),
  };
}
