import { sealContextOf } from "./credential";
import type { CredentialStore } from "./credential-store";
import type { Sealer } from "./sealer";

export interface RotationCounts {
  /** Sealed again, with the current master key. */
  resealed: number;
  /** Sealed with a master key that is not among ours; they stay as they are. */
  unreadable: number;
}

const batchSize = 100;

/**
 * Seals everything again with the current master key, while others read, replace and remove keys, and while
 * other processes do the same. May be broken off and run again: what is done is not done twice.
 */
export async function rotate(
  { store, sealer }: { store: Pick<CredentialStore, "listSealedOtherwise" | "reseal">; sealer: Sealer },
  signal?: AbortSignal,
): Promise<RotationCounts> {
  const counts = { resealed: 0, unreadable: 0 };
  for (;;) {
    const pass = await rotateOnce();
    counts.resealed += pass.resealed;
    counts.unreadable = pass.unreadable;
    // Somebody who does not know the new key yet may have sealed behind our back: look until there is nothing.
    if (pass.readable === 0 || signal?.aborted) return counts;
  }

  async function rotateOnce() {
    const masterKeyId = sealer.masterKeyId();
    const pass = { readable: 0, resealed: 0, unreadable: 0 };
    let afterId = "";
    while (!signal?.aborted) {
      const batch = await store.listSealedOtherwise(masterKeyId, afterId, batchSize);
      const last = batch.at(-1);
      if (!last) break;
      afterId = last.id;
      const changes = batch.flatMap((credential) => {
        const text = sealer.open(credential, sealContextOf(credential));
        if (text === null) return [];
        return {
          id: credential.id,
          from: credential.sealed,
          to: sealer.seal(text, sealContextOf(credential)),
        };
      });
      pass.readable += changes.length;
      pass.unreadable += batch.length - changes.length;
      pass.resealed += await store.reseal(changes);
    }
    return pass;
  }
}
