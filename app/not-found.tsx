import Link from "next/link";
import { t } from "@/lib/i18n/server-translator";
import { buttonClass } from "./_ui/button";
import { PageMessage } from "./_ui/page-message";

export default function NotFound() {
  return (
    <main className="h-dvh">
      <title>{`${t("page.notFoundTitle")} · ${t("app.name")}`}</title>
      <PageMessage title={t("page.notFoundTitle")} text={t("page.notFoundText")}>
        <Link href="/" className={buttonClass("primary")}>
          {t("page.toStart")}
        </Link>
      </PageMessage>
    </main>
  );
}
