import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { exportLorebook } from "@/lib/api/characters";
import { fileNameOf } from "@/lib/characters/file-name";

export const GET = streamRoute(exportLorebook, async (actor, { params }) => {
  const { name, body } = await services().characters.exportLorebook(actor, params.characterId);
  return new Response(body, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; ${fileNameOf(name, "json")}`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
});
