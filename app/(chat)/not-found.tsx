import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { PageMessage } from "@/app/_ui/page-message";
import { t } from "@/lib/i18n/server-translator";

export default function ChatNotFound() {
  return (
    <>
      <title>{`${t("page.chatNotFoundTitle")} · ${t("app.name")}`}</title>
      <PageMessage title={t("page.chatNotFoundTitle")} text={t("page.chatNotFoundText")}>
        <Link href="/" className={buttonClass("primary")}>
          {t("sideBar.newChat")}
        </Link>
      </PageMessage>
    </>
  );
}
