import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { Installation } from "@/lib/accounts/installation";
import type { addEndpoint, changeEndpoint, ListedEndpoint, listEndpoints } from "@/lib/api/endpoints";
import { createId } from "@/lib/chats/id";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import { createRemembered } from "@/lib/events/remembered";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import type { CheckLimit } from "@/lib/vault/check-limit";
import type { Vault } from "@/lib/vault/vault";
import type { Endpoint } from "./endpoint";
import type { EndpointStore } from "./endpoint-store";
import type { KeyRing } from "./key-ring";
import type { ModelSource } from "./model-source";
import type { Shelves } from "./shelves";

const endpointsMax = 20;
const checkMsMax = 10_000;

type Adding = z.output<typeof addEndpoint.body>;
type Change = z.output<typeof changeEndpoint.body>;

export type Checked = { status: "ok"; modelCount: number } | { status: "failed"; error: AppError };

export type CurrentEndpoints = ReturnType<typeof createCurrentEndpoints>;

/** For each question: what a person may use was read a moment ago, and is again once an endpoint or a key of theirs has changed. */
export function createCurrentEndpoints({
  store,
  bus,
  settings,
  installation: { isAdministrator },
}: {
  store: Pick<EndpointStore, "list">;
  bus: Bus;
  settings: Pick<CurrentSettings, "ofInstallation">;
  installation: Pick<Installation, "isAdministrator">;
}) {
  const remembered = createRemembered({
    bus,
    topicOf: (owner) => `keys:${owner}`,
    read: (owner) => store.list(owner === everybody ? null : owner),
  });

  /** Whether what the person has added for themselves is asked anything, be it a question or for its list. */
  async function servesOwn(userId: string): Promise<boolean> {
    return (await settings.ofInstallation()).keys.personalEndpoints || isAdministrator(userId);
  }

  return {
    servesOwn,

    /** The installation's, then the person's own while these are allowed, and the private hosts that they may be at. */
    async ofPerson(userId: string): Promise<{ endpoints: Endpoint[]; privateHosts: readonly string[] }> {
      const [shared, own, { keys: access }] = await Promise.all([
        remembered.get(everybody),
        remembered.get(userId),
        settings.ofInstallation(),
      ]);
      const isServed = own.length > 0 && (await servesOwn(userId));
      const endpoints = isServed ? [...shared, ...own] : shared;
      return { endpoints, privateHosts: access.privateHosts };
    },
  };
}

const everybody = "installation";

/**
 * The OpenAI-compatible servers that people add for themselves, and the administrator for everybody. Throws
 * `forbidden` for guests, and for all but the administrator where they have turned endpoints of people's own off: then
 * those that are there can only be removed.
 */
export function createEndpoints({
  store,
  vault,
  keyRing,
  limit,
  settings,
  sourceOf,
  shelves,
}: {
  store: EndpointStore;
  vault: { set(...which: Parameters<Vault["set"]>): Promise<unknown> };
  keyRing: Pick<KeyRing, "keyFor"> & { changed(owner: string | null): void };
  limit: CheckLimit;
  settings: Pick<CurrentSettings, "ofInstallation">;
  sourceOf: (endpoint: Endpoint, privateHosts: readonly string[]) => ModelSource;
  shelves: Pick<Shelves, "forget">;
}) {
  async function mayAdd({ isGuest, isAdministrator }: Actor): Promise<boolean> {
    return !isGuest && (isAdministrator || (await settings.ofInstallation()).keys.personalEndpoints);
  }

  async function requireOwn(actor: Actor, id: string): Promise<Endpoint> {
    const own = await store.find(actor.userId, id);
    const found = own ?? (actor.isAdministrator ? await store.find(null, id) : null);
    if (!found) throw missing();
    return found;
  }

  /** One that may be pointed elsewhere and asked things. */
  async function requireUsable(actor: Actor, id: string): Promise<Endpoint> {
    const endpoint = await requireOwn(actor, id);
    if (!(await mayAdd(actor))) throw new AppError("forbidden", "endpoints of people's own are turned off");
    return endpoint;
  }

  async function setKey(actor: Actor, { id, userId }: Endpoint, key: string): Promise<void> {
    await vault.set(actor, { provider: id, key, scope: userId === null ? "installation" : "person" });
  }

  return {
    async list(actor: Actor): Promise<z.input<typeof listEndpoints.answer>> {
      const [shared, own, isAllowed] = await Promise.all([
        store.list(null),
        store.list(actor.userId),
        mayAdd(actor),
      ]);
      return { items: [...shared, ...own].map((each) => listed(actor, each)), mayAdd: isAllowed };
    },

    async add(actor: Actor, { key, scope, ...fields }: Adding): Promise<ListedEndpoint> {
      const isAllowed = scope === "installation" ? actor.isAdministrator : await mayAdd(actor);
      if (!isAllowed) throw new AppError("forbidden", "endpoints are not for everybody to add");
      const owner = scope === "installation" ? null : actor.userId;
      const added = await store.add(owner, { ...fields, id: `ep_${createId()}` }, endpointsMax);
      if (!added) {
        throw new AppError("invalid_request", "too many endpoints", {
          details: { reason: "too_many_endpoints", max: endpointsMax },
        });
      }
      keyRing.changed(owner);
      if (key === undefined) return listed(actor, added);
      try {
        await setKey(actor, added, key);
      } catch (error) {
        await store.remove(owner, added.id);
        keyRing.changed(owner);
        throw error;
      }
      return listed(actor, await requireOwn(actor, added.id));
    },

    async change(actor: Actor, id: string, { key, ...change }: Change): Promise<ListedEndpoint> {
      const { userId: owner, name, baseUrl, models, prices } = await requireUsable(actor, id);
      // The former key is bound to the former address: it stays until the one that takes its place is stored.
      const changed = await store.change(owner, id, change, { keepsKeys: Boolean(key) });
      if (!changed) throw missing();
      keyRing.changed(owner);
      if (key) {
        try {
          await setKey(actor, changed, key);
        } catch (error) {
          await store.change(owner, id, { name, baseUrl, models, prices }, { keepsKeys: true });
          keyRing.changed(owner);
          throw error;
        }
      }
      if (key === null) {
        await store.forgetKey(owner, id);
        keyRing.changed(owner);
      }
      return listed(actor, await requireOwn(actor, id));
    },

    async remove(actor: Actor, id: string): Promise<void> {
      const { userId: owner } = await requireOwn(actor, id);
      if (!(await store.remove(owner, id))) throw missing();
      keyRing.changed(owner);
    },

    /** Throws `rate_limited` beyond some checks a minute: they could be used to look around with. */
    async check(actor: Actor, id: string): Promise<Checked> {
      const endpoint = await requireUsable(actor, id);
      await limit.take(actor.userId);
      const { keys: access } = await settings.ofInstallation();
      const source = sourceOf(endpoint, access.privateHosts);
      const key = await keyRing.keyFor(actor.userId, id, endpoint.baseUrl);
      try {
        const signal = AbortSignal.timeout(checkMsMax);
        const models = await source.connect(key?.apiKey ?? null).listModels(signal);
        shelves.forget(source);
        return { status: "ok", modelCount: endpoint.models.length || models.length };
      } catch (error) {
        if (isAppError(error)) return { status: "failed", error };
        throw error;
      }
    },
  };
}

function listed(
  actor: Actor,
  { id, userId, name, baseUrl, models, prices, maskedKey }: Endpoint,
): ListedEndpoint {
  const mayChange = userId === actor.userId || actor.isAdministrator;
  return {
    id,
    scope: userId === null ? "installation" : "person",
    name,
    baseUrl: mayChange ? baseUrl : null,
    models,
    prices,
    maskedKey: mayChange ? maskedKey : null,
    mayChange,
  };
}

function missing(): AppError {
  return new AppError("not_found", "no such endpoint");
}
