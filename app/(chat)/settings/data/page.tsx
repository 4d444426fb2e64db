import { Download } from "lucide-react";
import { services } from "@/app/_server/services";
import { buttonClass } from "@/app/_ui/button";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/settings-translator";
import { TrashChats } from "./trash-chats";

export default async function DataPage() {
  const actor = await actorOrSignIn("/settings/data");
  const { chatCount } = await services().accounts.get(actor);
  return (
    <SettingsPage title={t("settings.data")}>
      <Section title={t("settings.export")} text={t("settings.exportText")}>
        <ul className="grid gap-5 sm:max-w-lg">
          {formats.map(({ format, label, hint }) => (
            <li key={format}>
              <a href={`/api/export?format=${format}`} download className={buttonClass("outline")}>
                <Download aria-hidden className="size-4" />
                {t(label)}
              </a>
              <p className="mt-1.5 text-sm text-ink-soft text-pretty">{t(hint)}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("settings.trash")} text={t("settings.trashText")}>
        <TrashChats chatCount={chatCount} />
      </Section>
    </SettingsPage>
  );
}

const formats = [
  { format: "json", label: "settings.exportJson", hint: "settings.exportJsonHint" },
  { format: "markdown", label: "settings.exportMarkdown", hint: "settings.exportMarkdownHint" },
] as const;
