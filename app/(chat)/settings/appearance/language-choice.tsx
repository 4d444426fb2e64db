import { Select } from "@/app/_ui/select";
import { languages, locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/settings-translator";

/** A slot: English is all there is so far, so there is nothing to keep yet. */
export function LanguageChoice() {
  return (
    <Select
      label={t("settings.language")}
      defaultValue={locale}
      options={languages.map(({ locale, name }) => ({ value: locale, label: name, lang: locale }))}
      className="max-w-60"
    />
  );
}
