import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getAvatar } from "@/lib/api/characters";

export const GET = streamRoute(getAvatar, async (actor, { params }) => {
  const { mediaType, body } = await services().characters.avatar(actor, params.characterId, params.avatarId);
  return new Response(body, {
    headers: {
      "Content-Type": mediaType,
      "Content-Length": String(body.length),
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cache-Control": "private, max-age=31536000, immutable",
    },
  });
});
