import { Redis } from "ioredis";
import type { Log } from "@/lib/diagnostics/log";

// Longer than a busy event loop keeps an answer waiting. A server that is silent for so long is taken
// for dead, and as long as its connection is not back a command costs nothing: it fails at once.
const silenceMsMax = 500;
const connectMsMax = 1_000;
const retryMsMax = 1_000;

/**
 * A connection that comes back by itself and never makes anybody wait for that: commands fail while
 * it is away, and none is sent a second time. `name` is for the logs, here and on the server.
 */
export function openRedis({ url, name, log }: { url: string; name: string; log: Log }): Redis {
  const redis = new Redis(url, {
    connectionName: `parley-${name}`,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    connectTimeout: connectMsMax,
    socketTimeout: silenceMsMax,
    retryStrategy: (attempt) => Math.min(25 * 2 ** attempt, retryMsMax) * (0.75 + Math.random() / 4),
    // After a failover the old primary still answers, as a replica that takes no writes.
    reconnectOnError: ({ message }) => message.includes("READONLY"),
  });
  let state: "opening" | "up" | "lost" = "opening";
  let reason: string | undefined;
  redis.on("error", (error: unknown) => {
    reason = reasonOf(error);
  });
  redis.on("ready", () => {
    if (state === "lost") log.info({ connection: name }, "redis is back");
    state = "up";
    reason = undefined;
  });
  redis.on("close", () => {
    if (state === "lost" || redis.status === "end") return;
    log.warn({ connection: name, reason }, "redis is out of reach");
    state = "lost";
  });
  return redis;
}

/** Whether the connection is there within `ms`. */
export async function isReadyWithin(redis: Redis, ms: number): Promise<boolean> {
  if (redis.status === "ready") return true;
  return new Promise((resolve) => {
    const settle = (isReady: boolean) => {
      clearTimeout(timer);
      redis.off("ready", onReady);
      resolve(isReady);
    };
    const onReady = () => settle(true);
    const timer = setTimeout(() => settle(false), ms);
    redis.on("ready", onReady);
  });
}

/** A word for the log. The error itself stays out of it: it holds the command, with a password or a text. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if ("code" in error && typeof error.code === "string") return error.code;
  return /^[A-Z]{3,}\b/.exec(error.message)?.[0] ?? error.name;
}
