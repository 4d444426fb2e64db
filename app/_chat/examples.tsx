"use client";

import { Suspense, use } from "react";
import { t } from "@/lib/i18n/translator";
import { focusToQuestion } from "./composer/focus-to-question";
import type { ModelChoice } from "./models/model-choice";

interface ExamplesProps {
  models: Promise<ModelChoice>;
  onChoose(question: string): void;
}

/** Questions worth asking as they stand. On a phone they stand above the composer, near the thumb. */
export function Examples(props: ExamplesProps) {
  return (
    <div className="mx-auto w-full max-w-column px-5 max-md:pb-4">
      <Suspense fallback={<div className="h-28" />}>
        <ExampleList {...props} />
      </Suspense>
    </div>
  );
}

function ExampleList({ models, onChoose }: ExamplesProps) {
  const questions = use(models).isOffline ? offlineQuestions : modelQuestions;
  return (
    <ul ref={focusToQuestion} aria-label={t("examples.label")} className="grid gap-x-6 md:grid-cols-2">
      {questions.map((key) => (
        <li key={key} className="border-t border-line">
          <button
            type="button"
            onClick={() => onChoose(t(key))}
            className="touch-target w-full py-3 text-left text-sm text-ink-soft transition-colors hover:text-accent"
          >
            {t(key)}
          </button>
        </li>
      ))}
    </ul>
  );
}

const modelQuestions = ["examples.plan", "examples.explain", "examples.write", "examples.compare"] as const;
const offlineQuestions = [
  "examples.help",
  "examples.connect",
  "examples.storage",
  "examples.format",
] as const;
