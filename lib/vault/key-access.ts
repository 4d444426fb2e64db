import { z } from "zod";

export const installationKeyUsers = ["everyone", "accounts", "nobody"] as const;

/** Who may use the installation's keys, and where people may point endpoints of their own. */
export const keyAccessSchema = z.object({
  installationKeys: z.enum(installationKeyUsers).default("everyone"),
  /** Whether people may add endpoints of their own; the administrator always may. */
  personalEndpoints: z.boolean().default(true),
  /** Hosts in private networks that endpoints may be at: names, addresses or ranges such as `192.168.1.0/24`. */
  privateHosts: z.array(z.string().min(1).max(255)).max(100).default([]),
});

export type KeyAccess = z.infer<typeof keyAccessSchema>;
