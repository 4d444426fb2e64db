import { z } from "zod";
import { nothing } from "./nothing";
import { operation } from "./operation";

const checkSchema = z.object({
  status: z.enum(["ok", "failed", "unused"]),
  latencyMs: z.number().nonnegative().nullable(),
  detail: z.string().nullable(),
});

export const getLiveness = operation({
  method: "GET",
  path: "/api/health/live",
  summary: "The process is up.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ status: z.literal("ok") }),
});

/** A provider that cannot be reached does not make the app unready: chats stay readable without it. */
export const readinessSchema = z.object({
  status: z.enum(["ok", "failed"]),
  checks: z.object({
    database: checkSchema,
    migrations: checkSchema,
    bus: checkSchema,
    provider: checkSchema,
  }),
});

export type Readiness = z.infer<typeof readinessSchema>;
export type Check = z.infer<typeof checkSchema>;

export const getReadiness = operation({
  method: "GET",
  path: "/api/health/ready",
  summary: "Whether requests can be served: database, migrations, bus and provider. 503 when not.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: readinessSchema,
});
