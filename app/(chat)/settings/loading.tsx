import { t } from "@/lib/i18n/settings-translator";

export default function SettingsLoading() {
  return (
    <div role="status" className="animate-appear-late">
      <span className="sr-only">{t("state.loading")}</span>
      <div aria-hidden className="grid animate-breathe gap-4">
        <div className="h-8 w-40 rounded-md bg-hover" />
        <div className="h-24 rounded-lg bg-hover" />
        <div className="h-24 rounded-lg bg-hover" />
      </div>
    </div>
  );
}
