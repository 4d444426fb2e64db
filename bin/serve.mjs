import { once } from "node:events";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { readEnvironment } from "./env-files.mjs";
import { listen } from "./listener.mjs";
import { Refusal } from "./refusal.mjs";
import { root } from "./root.mjs";
import { createTurns } from "./turns.mjs";

/** The app drains for 20 s at most, and whoever stops services kills them after 30. */
const endMsMax = 24_000;
/** What is still open after the drain is a reader that does not read. */
const lastBytesMs = 1_000;

const requestsATurn = 8;

/**
 * Serves Parley until `ending` aborts, then ends the process.
 *
 * The app knows this process by three things: the function `parley.shutdown`, which drains, waits for the
 * responses that are still under way and closes all that it has open, and the sentences `parley.notices`, which it both puts on `globalThis` when it boots;
 * and the header `x-parley-client-address`, the address of the socket, because Next.js itself tells only
 * what the client has written.
 */
export async function serve({ isDev, instance, ending }) {
  process.chdir(root);
  process.env.NODE_ENV = isDev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const env = readEnvironment(process.env.NODE_ENV);
  const booting = Promise.withResolvers();
  const enter = createTurns(requestsATurn);
  const listener = await listen({
    host: env.HOST?.trim() || "localhost",
    port: env.PORT?.trim() || "3000",
    onRequest: async (request, response) => {
      request.headers["x-parley-client-address"] = request.socket.remoteAddress ?? "";
      const app = await booting.promise;
      await enter();
      await app
        .getRequestHandler()(request, response)
        .catch((error) => answerBroken(error, response));
    },
  });
  process.env.PORT = String(listener.port);
  let app = null;
  ending.throwIfAborted();
  ending.addEventListener("abort", () => shutDown({ listener, instance, app }));
  app = await boot({ isDev, listener });
  booting.resolve(app);
  if (ending.aborted) return;
  instance.update({ state: "ready", address: listener.address });
  console.log(`\nParley is ready on ${listener.address}`);
  for (const notice of globalThis[Symbol.for("parley.notices")] ?? []) console.log(`  ${notice}`);
}

async function boot({ isDev, listener }) {
  const { default: next } = await import("next");
  const { hostname } = new URL(listener.address);
  const app = next({ dev: isDev, dir: root, hostname, port: listener.port, httpServer: listener.server });
  const held = holdErrors();
  try {
    await app.prepare();
    // In production that comes back before the app has booted, and Next.js would serve on when it fails.
    await (await app.server.getServer()).prepare();
    held.release({ isShown: true });
    return app;
  } catch (error) {
    await nextTurn(); // All who waited for the boot have heard of it and printed it.
    held.release({ isShown: false });
    throw refusalFor(error) ?? error;
  }
}

/** Each part of Next.js that waits for the boot prints why it failed, stack and all; here it is told once. */
function holdErrors() {
  const print = console.error;
  const held = [];
  console.error = (...parts) => {
    if (parts.some((part) => part instanceof Error)) held.push(parts);
    else print(...parts);
  };
  return {
    release({ isShown }) {
      console.error = print;
      if (isShown) for (const parts of held) print(...parts);
    },
  };
}

function refusalFor(error) {
  if (error?.name === "BootError")
    return new Refusal(error.message.replace(/^An error occurred [\w ]+: /, ""));
  return error?.cause ? refusalFor(error.cause) : null;
}

function answerBroken(error, response) {
  console.error(error);
  if (!response.headersSent) response.statusCode = 500;
  response.end();
}

async function shutDown({ listener, instance, app }) {
  console.log("\nStopping Parley (Ctrl-C again ends it at once) …");
  setTimeout(() => process.exit(1), endMsMax).unref();
  instance.update({ state: "ending" });
  const closed = once(listener.server, "close");
  listener.stopAccepting();
  try {
    const responded = () => Promise.race([closed, wait(lastBytesMs)]);
    await globalThis[Symbol.for("parley.shutdown")]?.(responded);
    listener.server.closeAllConnections();
    await app?.close();
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  console.log("Parley has stopped.");
  process.exit(0);
}
