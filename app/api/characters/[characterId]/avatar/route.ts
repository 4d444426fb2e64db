import { fileRoute, route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { removeAvatar, setAvatar } from "@/lib/api/characters";
import { cardLimits } from "@/lib/characters/limits";

export const POST = fileRoute(setAvatar, cardLimits.fileBytesMax, (actor, { params, query, file }) =>
  services().characters.setAvatar(actor, params.characterId, query.version, file),
);

export const DELETE = route(removeAvatar, (actor, { params, query }) =>
  services().characters.removeAvatar(actor, params.characterId, query.version),
);
