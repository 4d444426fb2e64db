import { t } from "@/lib/i18n/panel-translator";

/** Above shortcuts, where the screen is touched. */
export function KeyboardNote() {
  return <p className="text-sm text-ink-soft text-pretty pointer-fine:hidden">{t("shortcut.forKeyboard")}</p>;
}
