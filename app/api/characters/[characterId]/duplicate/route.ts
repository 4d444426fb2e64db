import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { duplicateCharacter } from "@/lib/api/characters";

export const POST = route(duplicateCharacter, (actor, { params }) =>
  services().characters.duplicate(actor, params.characterId),
);
