import type { z } from "zod";
import type { getAccount, listDevices } from "@/lib/api/account";
import type { Log } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { AccountStore } from "./account-store";
import type { Actor } from "./actor";
import { deviceOf } from "./device";

type Account = z.input<typeof getAccount.answer>;
type Devices = z.input<typeof listDevices.answer>;

// Each is for what was asked while the answers of the one before were stopped.
const stopRoundsMax = 3;

export type Accounts = ReturnType<typeof createAccounts>;

/** What a person does with their own account beside signing in and out, which is Better Auth's. */
export function createAccounts({
  store,
  bus,
  log,
  stop,
}: {
  store: AccountStore;
  bus: Bus;
  log: Log;
  /** Resolves once what was written is stored and the answer has ended. */
  stop: (userId: string, chatId: string, generationId: string) => Promise<unknown>;
}) {
  return {
    async get(actor: Actor): Promise<Account> {
      const found = await store.get(actor.userId);
      if (!found) throw new AppError("not_found", "the account is gone");
      return {
        ...found,
        // A guest's name and address are made up.
        name: found.isGuest ? null : found.name,
        email: found.isGuest ? null : found.email,
        isAdministrator: actor.isAdministrator,
        createdAt: found.createdAt.toISOString(),
      };
    },

    async listDevices(actor: Actor, currentSessionId: string): Promise<Devices> {
      const devices = await store.listDevices(actor.userId);
      const items = devices.map(({ sessionId, userAgent, address, usedAt, signedInAt }) => ({
        id: sessionId,
        ...deviceOf(userAgent),
        address,
        isCurrent: sessionId === currentSessionId,
        usedAt: usedAt.toISOString(),
        signedInAt: signedInAt.toISOString(),
      }));
      return { items: items.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)) };
    },

    async endSession(actor: Actor, sessionId: string): Promise<{ ended: number }> {
      if (await store.endSession(actor.userId, sessionId)) return { ended: 1 };
      throw new AppError("not_found", "no such session");
    },

    async endOtherSessions(actor: Actor, currentSessionId: string): Promise<{ ended: number }> {
      return { ended: await store.endOtherSessions(actor.userId, currentSessionId) };
    },

    async trashChats(actor: Actor): Promise<{ trashed: number; trashedAt: string | null }> {
      const { chatCount, trashedAt, writers } = await store.trashChats(actor.userId);
      for (const writer of writers) bus.publish(`writer:${writer}`);
      if (chatCount > 0) bus.publish(`user:${actor.userId}`);
      return { trashed: chatCount, trashedAt: trashedAt?.toISOString() ?? null };
    },

    async untrashChats(actor: Actor, trashedAt: string): Promise<{ restored: number }> {
      const restored = await store.untrashChats(actor.userId, new Date(trashedAt));
      if (restored > 0) bus.publish(`user:${actor.userId}`);
      return { restored };
    },

    /** Nothing of the person is left afterwards. To be called only after they were asked for their password. */
    async erase(userId: string): Promise<void> {
      const seen = new Set<string>();
      for (let round = 0; round < stopRoundsMax; round++) {
        const written = (await store.listWriting(userId)).filter(
          ({ generationId }) => !seen.has(generationId),
        );
        if (written.length === 0) break;
        for (const { generationId } of written) seen.add(generationId);
        const stops = written.map(({ chatId, generationId }) => stop(userId, chatId, generationId));
        // Stopping first spares the model's work, and what it came to is counted; a writer that cannot be told is fenced
        // by its missing row.
        for (const { reason } of (await Promise.allSettled(stops)).filter(isRejected)) {
          log.warn({ error: reason }, "an answer could not be stopped before its account was erased");
        }
      }
      await store.erase(userId);
      log.info({ answers: seen.size }, "account erased");
    },
  };
}

function isRejected(settled: PromiseSettledResult<unknown>): settled is PromiseRejectedResult {
  return settled.status === "rejected";
}
