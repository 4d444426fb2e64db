import { useId } from "react";
import { languages, locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/settings-translator";

/** A slot: English is all there is so far, so there is nothing to keep yet. */
export function LanguageChoice() {
  const id = useId();
  return (
    <div className="max-w-60">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t("settings.language")}
      </label>
      <select
        id={id}
        defaultValue={locale}
        className="h-11 w-full rounded-md border border-line-strong bg-raised px-3 text-base text-ink"
      >
        {languages.map((language) => (
          <option key={language.locale} value={language.locale} lang={language.locale}>
            {language.name}
          </option>
        ))}
      </select>
    </div>
  );
}
