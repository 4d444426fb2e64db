"use client";

import { locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/page-translator";
import { Button } from "./_ui/button";
import { PageMessage } from "./_ui/page-message";
import "./globals.css";

/** Stands in for the whole document when its layout failed. */
export default function GlobalError() {
  return (
    <html lang={locale}>
      <body>
        <title>{t("app.name")}</title>
        <main className="h-dvh">
          <PageMessage title={t("page.errorTitle")} text={t("page.errorText")}>
            <Button look="primary" onClick={() => window.location.reload()}>
              {t("action.retry")}
            </Button>
          </PageMessage>
        </main>
      </body>
    </html>
  );
}
