import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { chatErrorSchema } from "@/lib/errors/chat-error";
import { endpointFieldsSchema } from "@/lib/models/endpoint";
import { statedPricesSchema } from "@/lib/models/stated-price";
import { keyTextSchema } from "@/lib/vault/credential";
import { nothing } from "./nothing";
import { operation } from "./operation";

const scopeSchema = z.enum(["person", "installation"]);

export const endpointSchema = z.object({
  id: z.string(),
  scope: scopeSchema,
  name: z.string(),
  /** `null` for who may not change it: where the installation's endpoints are is the administrator's business. */
  baseUrl: z.string().nullable(),
  models: z.array(z.string()),
  /** In US dollars per million tokens; `*` stands for all models that are not named. */
  prices: statedPricesSchema,
  /** What its key is recognised by. */
  maskedKey: z.string().nullable(),
  mayChange: z.boolean(),
});

export type ListedEndpoint = z.infer<typeof endpointSchema>;

const endpointParams = z.object({ endpointId: idSchema });

export const listEndpoints = operation({
  method: "GET",
  path: "/api/endpoints",
  summary: "The OpenAI-compatible servers that the person and the administrator have added.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    items: z.array(endpointSchema),
    /** Whether the person may add one of their own. */
    mayAdd: z.boolean(),
  }),
});

export const addEndpoint = operation({
  method: "POST",
  path: "/api/endpoints",
  summary: "Adds a server, for the person or (administrator) for everybody. A key is checked with it first.",
  params: nothing,
  query: nothing,
  body: z.strictObject({
    ...endpointFieldsSchema.shape,
    models: endpointFieldsSchema.shape.models.default([]),
    prices: statedPricesSchema.default([]),
    key: keyTextSchema.optional(),
    scope: scopeSchema.default("person"),
  }),
  answer: endpointSchema,
});

export const changeEndpoint = operation({
  method: "PATCH",
  path: "/api/endpoints/{endpointId}",
  summary: "Changes what is named. With another address the key is forgotten; `key: null` forgets it, too.",
  params: endpointParams,
  query: nothing,
  body: z
    .strictObject({ ...endpointFieldsSchema.shape, key: keyTextSchema.nullable() })
    .partial()
    .refine((change) => Object.keys(change).length > 0, "nothing to change"),
  answer: endpointSchema,
});

export const removeEndpoint = operation({
  method: "DELETE",
  path: "/api/endpoints/{endpointId}",
  summary: "Removes a server with its key. Chats that used it go on with another model.",
  params: endpointParams,
  query: nothing,
  body: nothing,
  answer: z.object({ removed: z.literal(true) }),
});

export const checkEndpoint = operation({
  method: "POST",
  path: "/api/endpoints/{endpointId}/check",
  summary: "Asks the server for its models, with its key.",
  params: endpointParams,
  query: nothing,
  body: nothing,
  answer: z.discriminatedUnion("status", [
    z.object({ status: z.literal("ok"), modelCount: z.number().int().nonnegative() }),
    z.object({ status: z.literal("failed"), error: chatErrorSchema }),
  ]),
});
