import { z } from "zod";
import { nothing } from "./nothing";
import { operation } from "./operation";

export const followEvents = operation({
  method: "GET",
  path: "/api/events",
  summary:
    "What happens in the person's chats, as Server-Sent Events with ids only, from Last-Event-ID or from now on.",
  params: nothing,
  query: z.object({ after: z.string().max(20).optional() }),
  body: nothing,
  answer: z.never(),
});
