import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { changeCharacter, deleteCharacter, getCharacter } from "@/lib/api/characters";

export const GET = route(getCharacter, (actor, { params }) =>
  services().characters.get(actor, params.characterId),
);

export const PATCH = route(changeCharacter, (actor, { params, body }) =>
  services().characters.change(actor, params.characterId, body),
);

export const DELETE = route(deleteCharacter, (actor, { params }) =>
  services().characters.moveToTrash(actor, params.characterId),
);
