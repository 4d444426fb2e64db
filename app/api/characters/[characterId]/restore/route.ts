import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { restoreCharacter } from "@/lib/api/characters";

export const POST = route(restoreCharacter, (actor, { params }) =>
  services().characters.restore(actor, params.characterId),
);
