"use client";

import { type FormEvent, useState } from "react";
import { type AccountProblem, problemOf } from "@/app/sign-in/account-problem";

export type Progress =
  | { state: "idle" }
  | { state: "pending" }
  | { state: "done" }
  | { state: "failed"; problem: AccountProblem };

/** A form that calls Better Auth once at a time and tells what came of it. */
export function useForm(call: (data: FormData) => Promise<{ error: unknown }>, done: () => void) {
  const [progress, setProgress] = useState<Progress>({ state: "idle" });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (progress.state === "pending") return;
    setProgress({ state: "pending" });
    const { error } = await call(new FormData(form)).catch((cause: unknown) => ({ error: cause }));
    if (error) return setProgress({ state: "failed", problem: problemOf(error) });
    setProgress({ state: "done" });
    form.reset();
    done();
  }

  return {
    submit,
    isPending: progress.state === "pending",
    isDone: progress.state === "done",
    problem: progress.state === "failed" ? progress.problem : null,
    /** What was told counts no longer once something is typed. */
    touch: () => setProgress((now) => (now.state === "pending" ? now : { state: "idle" })),
  };
}
