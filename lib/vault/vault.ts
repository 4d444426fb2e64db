import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { KeyScope, ListedKeyPlace, listKeys, StoredKey, setKey } from "@/lib/api/keys";
import { createId } from "@/lib/chats/id";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import type { Bus } from "@/lib/events/bus";
import type { CheckLimit } from "./check-limit";
import { type Credential, type KeyRefusal, sealContextOf } from "./credential";
import type { CredentialKeyRing } from "./credential-key-ring";
import type { CredentialStore, Owner } from "./credential-store";
import type { KeyPlace, KeyPlaces } from "./key-place";
import { maskKey } from "./mask-key";
import { type RotationCounts, rotate } from "./rotation";
import type { Sealer } from "./sealer";

// More than any adapter waits: theirs say better what was missing.
const checkMsMax = 15_000;

export interface CheckedKey {
  key: StoredKey;
  problem: ChatErrorType | null;
}

export type Vault = ReturnType<typeof createVault>;

/** What people do with their keys, and the administrator with the installation's. No answer has a key. */
export function createVault({
  store,
  sealer,
  places,
  limit,
  keyRing,
  bus,
  now = () => new Date(),
}: {
  store: CredentialStore;
  sealer: Sealer;
  places: KeyPlaces;
  limit: CheckLimit;
  keyRing: CredentialKeyRing;
  bus: Bus;
  now?: () => Date;
}) {
  function tell(owner: Owner, actor: Actor): void {
    keyRing.changed(owner);
    bus.publish(`user:${actor.userId}`);
  }

  /** `null` when the provider took the key. */
  async function problemOf(actor: Actor, place: KeyPlace, apiKey: string): Promise<AppError | null> {
    await limit.take(actor.userId);
    const signal = AbortSignal.timeout(checkMsMax);
    try {
      await place.check(apiKey, signal);
      return null;
    } catch (error) {
      if (isAppError(error)) return error;
      if (signal.aborted)
        return new AppError("provider_timeout", `${place.provider} did not answer`, {
          provider: place.provider,
        });
      throw error;
    }
  }

  async function keyOf(credential: Credential): Promise<StoredKey> {
    const { id, userId, provider, baseUrl, masked, lastError } = credential;
    return {
      id,
      scope: userId === null ? "installation" : "person",
      provider,
      baseUrl,
      masked,
      state: await stateOf(credential),
      verifiedAt: credential.verifiedAt?.toISOString() ?? null,
      lastUsedAt: credential.lastUsedAt?.toISOString() ?? null,
      lastError,
      createdAt: credential.createdAt.toISOString(),
    };
  }

  async function stateOf(credential: Credential): Promise<StoredKey["state"]> {
    if (sealer.open(credential, sealContextOf(credential)) === null) return "unreadable";
    const place = await places.find(credential.userId, credential.provider);
    return place?.baseUrl === credential.baseUrl ? "ready" : "elsewhere";
  }

  async function requireOwn(actor: Actor, id: string): Promise<Credential> {
    const own = await store.find(actor.userId, id);
    const found = own ?? (actor.isAdministrator ? await store.find(null, id) : null);
    if (!found) throw new AppError("not_found", "no such key");
    return found;
  }

  async function keep(
    actor: Actor,
    owner: Owner,
    place: KeyPlace,
    key: string,
    refusal: KeyRefusal | null,
    isVerified: boolean,
  ) {
    const bound = { id: createId(), userId: owner, provider: place.provider, baseUrl: place.baseUrl };
    const stored = await store.put({
      ...bound,
      ...sealer.seal(key, sealContextOf(bound)),
      masked: maskKey(key),
      verifiedAt: isVerified ? now() : null,
      lastError: refusal && { type: refusal, at: now().toISOString() },
    });
    tell(owner, actor);
    return stored;
  }

  async function requirePlace(owner: Owner, provider: string): Promise<KeyPlace> {
    const place = await places.find(owner, provider);
    if (!place) throw new AppError("not_found", "no such provider");
    return place;
  }

  return {
    async list(actor: Actor): Promise<z.input<typeof listKeys.answer>> {
      const [own, shared] = await Promise.all([
        store.list(actor.userId),
        actor.isAdministrator ? store.list(null) : [],
      ]);
      const [items, providers] = await Promise.all([
        Promise.all([...own, ...shared].map(keyOf)),
        Promise.all(places.fixed.map((place) => listPlace(actor, place))),
      ]);
      return { items, providers };
    },

    /** Throws `key_invalid` for one that the provider refuses, `not_found` for a provider that is not the owner's. */
    async set(actor: Actor, body: z.output<typeof setKey.body>): Promise<CheckedKey> {
      const owner = ownerOf(actor, body.scope);
      const place = await requirePlace(owner, body.provider);
      if (body.baseUrl !== undefined && body.baseUrl.replace(/\/+$/, "") !== place.baseUrl) {
        throw new AppError("invalid_request", "the provider is at another address", {
          details: { field: "baseUrl", reason: "the provider is at another address" },
        });
      }
      const problem = await problemOf(actor, place, body.key);
      if (problem?.type === "key_invalid") throw problem;
      const refusal = problem?.type === "provider_credits" ? problem.type : null;
      const stored = await keep(actor, owner, place, body.key, refusal, problem === null || refusal !== null);
      return { key: await keyOf(stored), problem: problem?.type ?? null };
    },

    /** One that the provider itself has just made for us. */
    async accept(actor: Actor, scope: KeyScope, provider: string, key: string): Promise<void> {
      const owner = ownerOf(actor, scope);
      await keep(actor, owner, await requirePlace(owner, provider), key, null, true);
    },

    async verify(actor: Actor, id: string): Promise<CheckedKey> {
      const credential = await requireOwn(actor, id);
      const apiKey = sealer.open(credential, sealContextOf(credential));
      const place = await places.find(credential.userId, credential.provider);
      if (apiKey === null) return { key: await keyOf(credential), problem: "key_missing" };
      if (place?.baseUrl !== credential.baseUrl)
        return { key: await keyOf(credential), problem: "unsupported" };
      const problem = await problemOf(actor, place, apiKey);
      const isAboutKey =
        problem === null || problem.type === "key_invalid" || problem.type === "provider_credits";
      if (!isAboutKey) return { key: await keyOf(credential), problem: problem.type };
      const refusal =
        problem?.type === "key_invalid" || problem?.type === "provider_credits" ? problem.type : null;
      const noted = await store.noteCheck(credential.userId, id, refusal);
      if (!noted) throw new AppError("not_found", "the key was removed meanwhile");
      tell(credential.userId, actor);
      return { key: await keyOf(noted), problem: refusal };
    },

    async remove(actor: Actor, id: string): Promise<void> {
      const { userId } = await requireOwn(actor, id);
      if (!(await store.remove(userId, id))) throw new AppError("not_found", "the key was removed meanwhile");
      tell(userId, actor);
    },

    async reseal(actor: Actor): Promise<RotationCounts> {
      if (!actor.isAdministrator) throw new AppError("forbidden", "only the administrator seals keys again");
      return rotate({ store, sealer });
    },
  };

  async function listPlace(
    { userId }: Actor,
    { provider, name, baseUrl }: KeyPlace,
  ): Promise<ListedKeyPlace> {
    const used = await keyRing.keyFor(userId, provider, baseUrl);
    const shared = used?.credentialId === null ? "environment" : "installation";
    return {
      provider,
      name,
      baseUrl,
      canConnect: provider === "openrouter",
      source: used && (used.payer === "person" ? "person" : shared),
    };
  }
}

function ownerOf(actor: Actor, scope: KeyScope): Owner {
  if (scope === "person") return actor.userId;
  if (!actor.isAdministrator)
    throw new AppError("forbidden", "only the administrator has the installation's keys");
  return null;
}
