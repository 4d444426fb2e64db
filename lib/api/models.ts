import { catalogueSchema } from "@/lib/models/catalogue";
import { modelQuerySchema } from "@/lib/models/find-models";
import { nothing } from "./nothing";
import { operation } from "./operation";

export const listModels = operation({
  method: "GET",
  path: "/api/models",
  summary: "The models that the person can use, with what they take and cost, and why one cannot be used.",
  params: nothing,
  query: modelQuerySchema,
  body: nothing,
  answer: catalogueSchema,
});
