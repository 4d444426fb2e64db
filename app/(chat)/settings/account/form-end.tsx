"use client";

import { Check, CircleAlert } from "lucide-react";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/settings-translator";
import type { useForm } from "./use-form";

interface FormEndProps {
  form: ReturnType<typeof useForm>;
  label: string;
  doneText: string;
}

/** The button of a form, and what came of pressing it. */
export function FormEnd({ form, label, doneText }: FormEndProps) {
  return (
    <>
      {form.problem && form.problem.field === null && (
        <Alert tone="danger" icon={CircleAlert} isUrgent>
          {form.problem.text}
        </Alert>
      )}
      <div className="flex min-h-10 items-center gap-4">
        <Button type="submit" aria-disabled={form.isPending}>
          {form.isPending ? t("state.working") : label}
        </Button>
        <output className="flex items-center gap-1.5 text-sm text-ink-soft">
          {form.isDone && (
            <>
              <Check aria-hidden className="size-4 text-accent" />
              {doneText}
            </>
          )}
        </output>
      </div>
    </>
  );
}
