import { fileRoute } from "@/app/_server/route";
import { readLorebook } from "@/lib/api/characters";
import { cardLimits } from "@/lib/characters/limits";
import { readLorebookFile } from "@/lib/characters/world-info/lorebook-file";

export const POST = fileRoute(readLorebook, cardLimits.fileBytesMax, async (_actor, { file }) =>
  readLorebookFile(file),
);
