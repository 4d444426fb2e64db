import { z } from "zod";

/** Who answers, and whose key pays for it. `credentialId` is null for a key of the environment, or where none is needed. */
export const routeSchema = z.object({
  provider: z.string(),
  payer: z.enum(["person", "installation"]),
  credentialId: z.string().nullable(),
});

export type Route = z.infer<typeof routeSchema>;
