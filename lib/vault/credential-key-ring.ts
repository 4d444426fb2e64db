import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import { createRemembered } from "@/lib/events/remembered";
import type { KeyRing } from "@/lib/models/key-ring";
import type { Route } from "@/lib/models/route";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import { type Credential, type KeyRefusal, sealContextOf } from "./credential";
import type { CredentialStore, Owner } from "./credential-store";
import type { KeyAccess } from "./key-access";
import type { Sealer } from "./sealer";

/** A key that the server was started with. */
export interface EnvironmentKey {
  provider: string;
  baseUrl: string;
  apiKey: string;
}

export interface CredentialKeyRing extends KeyRing {
  /**
   * The key that a call was made with, whoever may use it by now. `gone` once it was removed or replaced; `closed` while it
   * does not open, or was given for another address.
   */
  keyThatPaid(userId: string, route: Route, baseUrl: string): Promise<{ apiKey: string } | "gone" | "closed">;
  /** For whoever has just changed a key of theirs: it counts for the next question, in every process. */
  changed(owner: Owner): void;
  /** Resolves when what was noted is stored. */
  idle(): Promise<void>;
}

interface OpenKey {
  id: string;
  provider: string;
  baseUrl: string;
  apiKey: string;
}

// Nobody reads it to the second, and an answer must not cost a write.
const useNotedMs = 60_000;
const notesMax = 5_000;

export function createCredentialKeyRing({
  store,
  sealer,
  environmentKeys,
  settings,
  refreshKeys,
  bus,
  log,
  now = () => performance.now(),
}: {
  store: Pick<CredentialStore, "ofPerson" | "list" | "find" | "noteUse">;
  sealer: Sealer;
  environmentKeys: readonly EnvironmentKey[];
  settings: Pick<CurrentSettings, "ofInstallation">;
  /** Looks whether the master key was changed while we run. */
  refreshKeys: () => Promise<unknown>;
  bus: Bus;
  log: Log;
  now?: () => number;
}): CredentialKeyRing {
  const notes = new Map<string, { refusal: KeyRefusal | null; at: number }>();
  const noting = new Set<Promise<void>>();

  const persons = createRemembered({
    bus,
    topicOf,
    async read(userId) {
      const found = await store.ofPerson(userId);
      return found && { isGuest: found.isGuest, keys: await openAll(found.credentials) };
    },
  });
  const installation = createRemembered({
    bus,
    topicOf,
    read: async () => openAll(await store.list(null)),
  });

  /** One that does not open is as if it were not there: its owner sees in the settings why. */
  async function openAll(credentials: readonly Credential[]): Promise<OpenKey[]> {
    if (credentials.some(({ masterKeyId }) => !sealer.isKnown(masterKeyId))) await refreshKeys();
    return credentials.flatMap((credential) => {
      const { id, provider, baseUrl } = credential;
      const apiKey = sealer.open(credential, sealContextOf(credential));
      if (apiKey !== null) return { id, provider, baseUrl, apiKey };
      log.warn({ credentialId: id }, "a stored key does not open with the master keys that are known");
      return [];
    });
  }

  async function note(id: string, refusal: KeyRefusal | null): Promise<void> {
    try {
      const { userId } = await store.noteUse(id, refusal);
      if (userId !== null) bus.publish(`user:${userId}`);
    } catch (error) {
      notes.delete(id);
      log.warn({ error, credentialId: id }, "the use of a key was not noted");
    }
  }

  return {
    async keyFor(userId, provider, baseUrl) {
      const isFor = (key: { provider: string; baseUrl: string }) =>
        key.provider === provider && key.baseUrl === baseUrl;
      const person = await persons.get(userId);
      if (!person) return null;
      const own = person.keys.find(isFor);
      if (own) return { apiKey: own.apiKey, payer: "person", credentialId: own.id };
      const { keys: access } = await settings.ofInstallation();
      if (!mayUseInstallationKeys(access, person)) return null;
      const shared = (await installation.get("installation")).find(isFor);
      if (shared) return { apiKey: shared.apiKey, payer: "installation", credentialId: shared.id };
      const given = environmentKeys.find(isFor);
      return given ? { apiKey: given.apiKey, payer: "installation", credentialId: null } : null;
    },

    async keyThatPaid(userId, { provider, payer, credentialId }, baseUrl) {
      if (credentialId === null) {
        const given = environmentKeys.find((key) => key.provider === provider && key.baseUrl === baseUrl);
        return given ?? "gone";
      }
      const found = await store.find(payer === "person" ? userId : null, credentialId);
      if (!found) return "gone";
      const [key] = found.baseUrl === baseUrl ? await openAll([found]) : [];
      return key ?? "closed";
    },

    noteUse(credentialId, refusal) {
      const former = notes.get(credentialId);
      if (former?.refusal === refusal && now() - former.at < useNotedMs) return;
      notes.delete(credentialId);
      notes.set(credentialId, { refusal, at: now() });
      const oldest = notes.keys().next();
      if (notes.size > notesMax && !oldest.done) notes.delete(oldest.value);
      const work = note(credentialId, refusal).finally(() => noting.delete(work));
      noting.add(work);
    },

    changed(owner) {
      if (owner === null) installation.change("installation");
      else persons.change(owner);
    },

    async idle() {
      while (noting.size > 0) await Promise.all(noting);
    },
  };
}

export function mayUseInstallationKeys(
  { installationKeys }: Pick<KeyAccess, "installationKeys">,
  { isGuest }: { isGuest: boolean },
): boolean {
  switch (installationKeys) {
    case "everyone":
      return true;
    case "accounts":
      return !isGuest;
    case "nobody":
      return false;
    default:
      return installationKeys satisfies never;
  }
}

function topicOf(owner: string): `keys:${string}` {
  return `keys:${owner}`;
}
