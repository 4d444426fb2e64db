import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { PageMessage } from "@/app/_ui/page-message";
import { t } from "@/lib/i18n/characters-translator";

export default function CharacterNotFound() {
  return (
    <>
      <title>{`${t("characters.notFoundTitle")} · ${t("app.name")}`}</title>
      <PageMessage title={t("characters.notFoundTitle")} text={t("characters.notFoundText")}>
        <Link href="/characters" className={buttonClass("primary")}>
          {t("characters.showAll")}
        </Link>
      </PageMessage>
    </>
  );
}
