"use client";

import { type ComponentProps, lazy, Suspense } from "react";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/translator";
import type { ErrorNotice as WholeNotice } from "./error-notice";

type ErrorNoticeProps = ComponentProps<typeof WholeNotice>;

const load = () => import("./error-notice").then(({ ErrorNotice }) => ({ default: ErrorNotice }));

// Also where the network is gone that the whole one would have come by.
const Whole = lazy(() => load().catch(() => ({ default: PlainNotice })));

/** Fetched when something is about to be asked, so that it is there when that fails for want of a network. */
export function ErrorNotice(props: ErrorNoticeProps) {
  return (
    <Suspense fallback={<p className="my-4 text-sm text-danger">{props.error.message}</p>}>
      <Whole {...props} />
    </Suspense>
  );
}

export function preloadErrorNotice(): void {
  void load().catch(() => null);
}

function PlainNotice({ error, onRetry }: ErrorNoticeProps) {
  return (
    <div role="alert" className="my-4 flex flex-wrap items-center gap-3 text-sm text-danger">
      {error.message}
      {onRetry && (
        <Button look="tinted" size="small" onClick={onRetry}>
          {t("action.retry")}
        </Button>
      )}
    </div>
  );
}
