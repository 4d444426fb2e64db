import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getSummary, writeSummary } from "@/lib/api/summaries";

export const GET = route(getSummary, (actor, { params, query }) =>
  services().summaries.get(actor, params, query),
);

export const POST = route(writeSummary, (actor, { params, body }) =>
  services().summaries.write(actor, params, body),
);
