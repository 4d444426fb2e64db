import { fileResponse } from "@/app/_server/file-response";
import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getFile } from "@/lib/api/messages";

export const GET = streamRoute(getFile, async (actor, { params }) =>
  fileResponse(await services().chats.file(actor, params)),
);
