import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { stopAnswer } from "@/lib/api/generations";

export const POST = route(stopAnswer, async (actor, { params, body }) => {
  const { id, status } = await services().streaming.stop(
    actor.userId,
    params.chatId,
    body.generationId ?? null,
  );
  return { generationId: id, status };
});
