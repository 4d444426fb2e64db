import { createHash } from "node:crypto";

/** What keys are sealed with. `id` names it in stored rows and tells nothing of it. */
export interface MasterKey {
  id: string;
  bytes: Uint8Array;
}

export interface MasterKeys {
  /** Seals, and opens. */
  current: MasterKey;
  /** Only open what they have sealed. */
  former: readonly MasterKey[];
}

const bytesWanted = 32;

/** 32 bytes in base64 or base64url, as `ENCRYPTION_KEY` has them. */
export function parseMasterKey(text: string): MasterKey {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== bytesWanted) throw new Error("a master key is 32 bytes in base64");
  const id = createHash("sha256")
    .update("parley master key\0")
    .update(bytes)
    .digest("base64url")
    .slice(0, 12);
  return { id, bytes };
}
