import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getCharacterSummary } from "@/lib/api/characters";

export const GET = route(getCharacterSummary, (actor, { params }) =>
  services().characters.summary(actor, params.characterId),
);
