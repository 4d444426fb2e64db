"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { t } from "@/lib/i18n/page-translator";
import { Button, buttonClass } from "./_ui/button";
import { focusToPage } from "./_ui/hand-on-focus";
import { PageMessage } from "./_ui/page-message";

/** `digest` is what the server's log has of it. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();
  function retry() {
    if (isTrying) return;
    startTrying(() => {
      router.refresh();
      reset();
    });
  }
  return (
    <PageMessage title={t("page.errorTitle")} text={t("page.errorText")}>
      <title>{`${t("page.errorTitle")} · ${t("app.name")}`}</title>
      <Button look="primary" ref={focusToPage} aria-disabled={isTrying} onClick={retry}>
        {t("action.retry")}
      </Button>
      {/* Loads everything anew: what has failed may be in what is here already. */}
      <a href="/" className={buttonClass("outline")}>
        {t("page.toStart")}
      </a>
      {error.digest && (
        <p className="w-full pt-2 text-xs text-ink-faint">
          {t("page.errorDigest", { digest: error.digest })}
        </p>
      )}
    </PageMessage>
  );
}
