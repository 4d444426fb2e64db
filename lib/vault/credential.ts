import { z } from "zod";
import type { SealContext } from "./sealer";

export const keyRefusals = ["key_invalid", "provider_credits"] as const;

export type KeyRefusal = (typeof keyRefusals)[number];

/** The newest refusal of a key; nothing once it has worked again. */
export const credentialErrorSchema = z.object({ type: z.enum(keyRefusals), at: z.iso.datetime() });

/** A provider's key as it is stored. A key that is replaced is a new credential with an id of its own. */
export interface Credential {
  id: string;
  /** `null` for the installation's. */
  userId: string | null;
  provider: string;
  /** The only place that it is sent to. */
  baseUrl: string;
  masterKeyId: string;
  sealed: string;
  masked: string;
  verifiedAt: Date | null;
  lastUsedAt: Date | null;
  lastError: z.infer<typeof credentialErrorSchema> | null;
  createdAt: Date;
}

/** What the seal is bound to: a row that is given to another person, provider or address does not open. */
export function sealContextOf({
  id,
  userId,
  provider,
  baseUrl,
}: Pick<Credential, "id" | "userId" | "provider" | "baseUrl">): SealContext {
  const owner = userId === null ? "installation" : `person ${userId}`;
  return ["credential", id, owner, provider, baseUrl];
}

/** A key as people paste it. Providers make them of printable ASCII, and no header takes more. */
export const keyTextSchema = z
  .string()
  .trim()
  .min(1, "is empty")
  .max(500, "is longer than a key")
  .regex(/^[\x21-\x7e]+$/, "has characters that no key has");
