"use client";

import { ErrorNotice } from "./lazy-error-notice";
import type { Attempt } from "./use-attempt";

/** Why it could not be done, with the ways to have it done all the same. */
export function AttemptNotice({ attempt: { refusal, again, forget } }: { attempt: Attempt }) {
  return refusal && <ErrorNotice {...refusal} onRetry={again} onDismiss={forget} />;
}
