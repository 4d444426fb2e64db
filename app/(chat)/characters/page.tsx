import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { listCharacters } from "@/lib/api/characters";
import { t } from "@/lib/i18n/characters-translator";
import { CharactersHeader } from "./characters-header";
import { Gallery } from "./gallery";

export default async function CharactersPage() {
  const actor = await actorOrSignIn("/characters");
  const firstPage = await services().characters.list(actor, listCharacters.query.parse({}));
  return (
    <div className="flex h-full flex-col">
      <title>{`${t("characters.title")} · ${t("app.name")}`}</title>
      <CharactersHeader title={t("characters.title")} />
      <Gallery firstPage={firstPage} />
    </div>
  );
}
