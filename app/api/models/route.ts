import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { listModels } from "@/lib/api/models";

export const GET = route(listModels, () => services().models.list());
