import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";
import type { MasterKey, MasterKeys } from "./master-key";

export interface Sealed {
  /** Of the master key that opens it. Of one that was carried along: of both that do, with a space between. */
  masterKeyId: string;
  /** `v1.` and nonce, ciphertext and tag in base64url; `carried.` stands before one that holds another. */
  sealed: string;
}

/** What a secret belongs to. Sealed for one context it opens in no other, so that rows cannot be swapped. */
export type SealContext = readonly (string | null)[];

export interface Sealer {
  masterKeyId(): string;
  seal(text: string, context: SealContext): Sealed;
  /** `null` where the master key is not among ours, or it is not what was sealed for this context. */
  open(sealed: Sealed, context: SealContext): string | null;
  /**
   * For another context what does not open now: it is sealed as it is, and opens there once its own master key is
   * known again besides the one of today.
   */
  carry(sealed: Sealed, from: SealContext, to: SealContext): Sealed;
  isKnown(masterKeyId: string): boolean;
  /** From now on with these. */
  use(keys: MasterKeys): void;
}

const carried = "carried.";
const carriedSchema = z.object({
  masterKeyId: z.string(),
  sealed: z.string(),
  context: z.array(z.string().nullable()),
});
const version = "v1.";
const algorithm = "aes-256-gcm";
// NIST SP 800-38D: 96 bits, and random ones are good for 2³² secrets under one key.
const nonceBytes = 12;
const tagBytes = 16;

export function createSealer(initial: MasterKeys): Sealer {
  let keys = initial;

  function find(masterKeyId: string): MasterKey | undefined {
    return [keys.current, ...keys.former].find(({ id }) => id === masterKeyId);
  }

  function seal(text: string, context: SealContext): Sealed {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, keys.current.bytes, nonce, { authTagLength: tagBytes });
    cipher.setAAD(bytesOf(context));
    const body = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return { masterKeyId: keys.current.id, sealed: version + body.toString("base64url") };
  }

  function open({ masterKeyId, sealed }: Sealed, context: SealContext): string | null {
    if (sealed.startsWith(carried)) return openCarried({ masterKeyId, sealed }, context);
    const key = find(masterKeyId);
    if (!key || !sealed.startsWith(version)) return null;
    const body = Buffer.from(sealed.slice(version.length), "base64url");
    if (body.length < nonceBytes + tagBytes) return null;
    const nonce = body.subarray(0, nonceBytes);
    const decipher = createDecipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
    decipher.setAAD(bytesOf(context));
    decipher.setAuthTag(body.subarray(-tagBytes));
    try {
      const text = [decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()];
      return Buffer.concat(text).toString("utf8");
    } catch {
      // The tag does not fit: tampered with, or sealed for another context.
      return null;
    }
  }

  function openCarried({ masterKeyId, sealed }: Sealed, context: SealContext): string | null {
    const outer = {
      masterKeyId: masterKeyId.slice(masterKeyId.lastIndexOf(" ") + 1),
      sealed: sealed.slice(carried.length),
    };
    const text = open(outer, [...context, carried]);
    if (text === null) return null;
    const inner = carriedSchema.parse(JSON.parse(text));
    return open(inner, inner.context);
  }

  return {
    masterKeyId: () => keys.current.id,
    isKnown: (masterKeyId) => masterKeyId.split(" ").every((id) => find(id) !== undefined),
    seal,
    open,

    carry({ masterKeyId, sealed }, from, to) {
      const outer = seal(JSON.stringify({ masterKeyId, sealed, context: from }), [...to, carried]);
      // Two names are the name of no key: whoever seals again what is sealed otherwise finds it.
      return { masterKeyId: `${masterKeyId} ${outer.masterKeyId}`, sealed: carried + outer.sealed };
    },

    use(next) {
      keys = next;
    },
  };
}

/** As JSON, in which no two contexts are the same text. */
function bytesOf(context: SealContext): Buffer {
  return Buffer.from(JSON.stringify(context), "utf8");
}
