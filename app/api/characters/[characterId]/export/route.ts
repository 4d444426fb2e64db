import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { exportCharacter } from "@/lib/api/characters";
import { fileNameOf } from "@/lib/characters/file-name";

const types = { png: "image/png", json: "application/json; charset=utf-8" } as const;

export const GET = streamRoute(exportCharacter, async (actor, { params, query }) => {
  const { name, body } = await services().characters.export(actor, params.characterId, query);
  return new Response(body, {
    headers: {
      "Content-Type": types[query.format],
      "Content-Disposition": `attachment; ${fileNameOf(name, query.format)}`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
});
