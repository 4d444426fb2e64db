import { z } from "zod";
import { listedModelSchema } from "@/lib/models/catalogue";
import { nothing } from "./nothing";
import { operation } from "./operation";

export const listModels = operation({
  method: "GET",
  path: "/api/models",
  summary: "The models on offer, with what they take and cost, and why one cannot be used.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    items: z.array(listedModelSchema),
    defaultModel: z.string(),
  }),
});
