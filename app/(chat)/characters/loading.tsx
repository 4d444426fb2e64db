import { t } from "@/lib/i18n/characters-translator";

export default function CharactersLoading() {
  return (
    <div role="status" className="mx-auto w-full max-w-5xl animate-appear-late px-5 pt-20">
      <span className="sr-only">{t("state.loading")}</span>
      <div aria-hidden className="grid animate-breathe grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((each) => (
          <div key={each} className="aspect-[2/3] rounded-lg bg-hover" />
        ))}
      </div>
    </div>
  );
}
