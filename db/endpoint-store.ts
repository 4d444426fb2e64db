import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Endpoint } from "@/lib/models/endpoint";
import type { EndpointStore } from "@/lib/models/endpoint-store";
import { statedPricesSchema } from "@/lib/models/stated-price";
import type { Db } from "./client";
import { modelCatalogue } from "./schema/models";
import { credential, endpoint } from "./schema/vault";

const namesSchema = z.array(z.string()).catch([]);
const pricesSchema = statedPricesSchema.catch([]);

export function createEndpointStore(db: Db): EndpointStore {
  function select(tx: Db, owner: string | null, id?: string) {
    return tx
      .select({ endpoint, maskedKey: credential.masked })
      .from(endpoint)
      .leftJoin(
        credential,
        and(
          eq(credential.provider, endpoint.id),
          eq(credential.baseUrl, endpoint.baseUrl),
          sql`${credential.userId} is not distinct from ${endpoint.userId}`,
        ),
      )
      .where(and(ownedBy(owner), id === undefined ? undefined : eq(endpoint.id, id)))
      .orderBy(asc(endpoint.createdAt), asc(endpoint.id));
  }

  async function find(tx: Db, owner: string | null, id: string): Promise<Endpoint | null> {
    const [found] = await select(tx, owner, id);
    return found ? endpointOf(found) : null;
  }

  return {
    list: async (owner) => (await select(db, owner)).map(endpointOf),

    find: (owner, id) => find(db, owner, id),

    async add(owner, fields, countMax) {
      return db.transaction(async (tx) => {
        // Two that are added at once must not both be the last one.
        await tx.execute(
          sql`select pg_advisory_xact_lock(hashtextextended(${`endpoint ${owner ?? ""}`}, 0))`,
        );
        const count = await tx.$count(endpoint, ownedBy(owner));
        if (count >= countMax) return null;
        await tx.insert(endpoint).values({ ...fields, userId: owner });
        return find(tx, owner, fields.id);
      });
    },

    change: (owner, id, change, { keepsKeys } = { keepsKeys: false }) =>
      db.transaction(async (tx) => {
        const [before] = await tx
          .select({ baseUrl: endpoint.baseUrl })
          .from(endpoint)
          .where(and(ownedBy(owner), eq(endpoint.id, id)))
          .for("update");
        if (!before) return null;
        await tx
          .update(endpoint)
          .set({ ...change, updatedAt: sql`now()` })
          .where(eq(endpoint.id, id));
        if (change.baseUrl !== undefined && change.baseUrl !== before.baseUrl) {
          if (!keepsKeys) await tx.delete(credential).where(eq(credential.provider, id));
          await tx.delete(modelCatalogue).where(eq(modelCatalogue.endpointId, id));
        }
        return find(tx, owner, id);
      }),

    async forgetKey(owner, id) {
      if (!(await find(db, owner, id))) return false;
      await db.delete(credential).where(eq(credential.provider, id));
      return true;
    },

    remove: (owner, id) =>
      db.transaction(async (tx) => {
        const removed = await tx
          .delete(endpoint)
          .where(and(ownedBy(owner), eq(endpoint.id, id)))
          .returning({ id: endpoint.id });
        if (removed.length === 0) return false;
        await tx.delete(credential).where(eq(credential.provider, id));
        return true;
      }),
  };
}

function ownedBy(owner: string | null): SQL {
  return owner === null ? isNull(endpoint.userId) : eq(endpoint.userId, owner);
}

function endpointOf(row: { endpoint: typeof endpoint.$inferSelect; maskedKey: string | null }): Endpoint {
  const { id, userId, name, baseUrl, models, prices, createdAt } = row.endpoint;
  return {
    id,
    userId,
    name,
    baseUrl,
    models: namesSchema.parse(models),
    prices: pricesSchema.parse(prices),
    maskedKey: row.maskedKey,
    createdAt,
  };
}
