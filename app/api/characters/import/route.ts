import { fileRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { importCharacter } from "@/lib/api/characters";
import { cardLimits } from "@/lib/characters/limits";

export const POST = fileRoute(importCharacter, cardLimits.fileBytesMax, (actor, { file }) =>
  services().characters.import(actor, file),
);
