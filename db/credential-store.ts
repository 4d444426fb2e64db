import { and, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Credential, credentialErrorSchema, type KeyRefusal } from "@/lib/vault/credential";
import type { CredentialStore, Owner } from "@/lib/vault/credential-store";
import type { Db } from "./client";
import { telling } from "./event-log";
import { rows } from "./rows";
import { user } from "./schema/accounts";
import { credential } from "./schema/vault";

export function createCredentialStore(db: Db): CredentialStore {
  return {
    async list(owner) {
      return (
        await db.select().from(credential).where(isOf(owner)).orderBy(credential.createdAt, credential.id)
      ).map(credentialOf);
    },

    async find(owner, id) {
      const [found] = await db
        .select()
        .from(credential)
        .where(and(isOf(owner), eq(credential.id, id)));
      return found ? credentialOf(found) : null;
    },

    async put({ id, userId, provider, baseUrl, masterKeyId, sealed, masked, verifiedAt, lastError }) {
      const [stored] = await rows(
        db,
        credentialRow,
        sql`
          with put as (
            insert into credential as former
              (id, user_id, provider, base_url, master_key_id, sealed, masked, verified_at, last_error)
            values (
              ${id}, ${userId}, ${provider}, ${baseUrl}, ${masterKeyId}, ${sealed}, ${masked},
              ${verifiedAt?.toISOString() ?? null}::timestamptz, ${jsonOf(lastError)}::jsonb
            )
            on conflict ((coalesce(user_id, '')), provider) do update set
              id = excluded.id, base_url = excluded.base_url, master_key_id = excluded.master_key_id,
              sealed = excluded.sealed, masked = excluded.masked, verified_at = excluded.verified_at,
              last_error = excluded.last_error, last_used_at = null, created_at = now(), updated_at = now()
            returning *
          ), ${tellingOf(sql`put`)}
          select * from put`,
      );
      if (!stored) throw new Error("a credential was put and did not come back");
      return stored;
    },

    async remove(owner, id) {
      const removed = await rows(
        db,
        z.object({ id: z.string() }),
        sql`
          with removed as (
            delete from credential where ${isOf(owner)} and id = ${id} returning id, user_id
          ), ${tellingOf(sql`removed`)}
          select id from removed`,
      );
      return removed.length > 0;
    },

    async noteCheck(owner, id, refusal) {
      const [noted] = await rows(
        db,
        credentialRow,
        sql`
          with noted as (
            update credential set
              verified_at = case when ${refusal === "key_invalid"} then verified_at else now() end,
              last_error = ${errorNow(refusal)}, updated_at = now()
            where ${isOf(owner)} and id = ${id} returning *
          ), ${tellingOf(sql`noted`)}
          select * from noted`,
      );
      return noted ?? null;
    },

    async noteUse(id, refusal) {
      const [news] = await rows(
        db,
        z.object({ user_id: z.string() }),
        sql`
          with former as (
            select id, last_error ->> 'type' as refusal from credential where id = ${id} for update
          ), noted as (
            update credential set
              last_used_at = now(), last_error = ${errorNow(refusal)},
              verified_at = case when ${refusal === null} then coalesce(verified_at, now()) else verified_at end
            from former where credential.id = former.id
            returning credential.id, credential.user_id, former.refusal
          ), news as (
            select id, user_id from noted where refusal is distinct from ${refusal}::text
          ), ${tellingOf(sql`news`)}
          select user_id from counted`,
      );
      return { userId: news?.user_id ?? null };
    },

    async ofPerson(userId) {
      const found = await db
        .select({ isGuest: user.isAnonymous, credential })
        .from(user)
        .leftJoin(credential, eq(credential.userId, user.id))
        .where(eq(user.id, userId));
      const [first] = found;
      if (!first) return null;
      const credentials = found.flatMap(({ credential }) => (credential ? [credentialOf(credential)] : []));
      return { isGuest: first.isGuest, credentials };
    },

    async listSealedOtherwise(masterKeyId, afterId, limit) {
      const found = await db
        .select()
        .from(credential)
        .where(and(ne(credential.masterKeyId, masterKeyId), gt(credential.id, afterId)))
        .orderBy(credential.id)
        .limit(limit);
      return found.map(credentialOf);
    },

    async reseal(changes) {
      if (changes.length === 0) return 0;
      const given = JSON.stringify(
        changes.map(({ id, from, to }) => ({ id, former: from, fresh: to.sealed, key: to.masterKeyId })),
      );
      const changed = await rows(
        db,
        z.object({ id: z.string() }),
        sql`
          update credential set sealed = given.fresh, master_key_id = given.key
          from json_to_recordset(${given}::json) as given (id text, former text, fresh text, key text)
          where credential.id = given.id and credential.sealed = given.former
          returning credential.id`,
      );
      return changed.length;
    },
  };
}

function isOf(owner: Owner): SQL {
  return owner === null ? isNull(credential.userId) : eq(credential.userId, owner);
}

/** What happens to the installation's keys is told to its administrator. */
function tellingOf(changed: SQL): SQL {
  return sql`
    concerned as (
      select id, coalesce(user_id, (select administrator_id from installation)) as user_id from ${changed}
    ), heard as (
      select id, user_id from concerned where user_id is not null
    ), ${telling(sql`heard`, "credential-changed", sql`jsonb_build_object('credentialId', source.id)`)}`;
}

/** By the database's clock. */
function errorNow(refusal: KeyRefusal | null): SQL {
  return refusal === null
    ? sql`null`
    : sql`jsonb_build_object('type', ${refusal}::text, 'at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;
}

function jsonOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function credentialOf({ updatedAt, ...row }: typeof credential.$inferSelect): Credential {
  return { ...row, lastError: readError(row.lastError) };
}

function readError(stored: unknown): Credential["lastError"] {
  return credentialErrorSchema.nullable().catch(null).parse(stored);
}

const moment = z.coerce.date();

const credentialRow = z
  .object({
    id: z.string(),
    user_id: z.string().nullable(),
    provider: z.string(),
    base_url: z.string(),
    master_key_id: z.string(),
    sealed: z.string(),
    masked: z.string(),
    verified_at: moment.nullable(),
    last_used_at: moment.nullable(),
    last_error: z.unknown(),
    created_at: moment,
  })
  .transform(
    (row): Credential => ({
      id: row.id,
      userId: row.user_id,
      provider: row.provider,
      baseUrl: row.base_url,
      masterKeyId: row.master_key_id,
      sealed: row.sealed,
      masked: row.masked,
      verifiedAt: row.verified_at,
      lastUsedAt: row.last_used_at,
      lastError: readError(row.last_error),
      createdAt: row.created_at,
    }),
  );
