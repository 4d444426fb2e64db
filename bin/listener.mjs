import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { Refusal } from "./refusal.mjs";

/** The reverse proxies in use keep an idle connection for 60 s: the server must not be the first to close it. */
const keepAliveMs = 65_000;
const idleCloseMs = 250;
/** Whoever takes nothing and says nothing for so long is gone. What goes on has a heartbeat every 15 s. */
const silentMsMax = 120_000;
/** Connections that come in one moment. Those beyond are dropped, and tried again after one second, three, seven … */
const backlog = 4096;

/**
 * Listens on PORT of HOST. `localhost`, the default, is both loopback addresses and nothing else, because
 * a browser may take either for that name. Resolves once the port is ours.
 */
export async function listen({ host, port: givenPort, onRequest }) {
  const port = parsePort(givenPort);
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, headersTimeout: keepAliveMs + 1_000 },
    onRequest,
  );
  server.timeout = silentMsMax;
  const isLocal = host === "localhost";
  await open(server, isLocal ? "127.0.0.1" : host, port);
  const sixth = isLocal ? await openLoopback6(server, server.address().port) : null;
  return {
    server,
    port: server.address().port,
    address: addressOf(host, server.address().port),
    /** Takes no new connection; one that carries nothing is closed, at once and as soon as it carries nothing. */
    stopAccepting() {
      sixth?.close();
      server.close();
      setInterval(() => server.closeIdleConnections(), idleCloseMs).unref();
    },
  };
}

/** Null on a machine without IPv6. */
async function openLoopback6(server, port) {
  const sixth = createSocketServer((socket) => server.emit("connection", socket));
  try {
    await open(sixth, "::1", port);
    return sixth;
  } catch (error) {
    if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") return null;
    throw error;
  }
}

function open(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(refusalFor(error, host, port) ?? error));
    server.listen({ host, port, backlog }, resolve);
  });
}

function refusalFor({ code }, host, port) {
  if (code === "EADDRINUSE") {
    return new Refusal(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (code === "EACCES")
    return new Refusal(`Port ${port} may not be opened by this user. Choose one above 1023 with PORT.`);
  if (host !== "::1" && ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EINVAL"].includes(code)) {
    return new Refusal(`HOST is ${host}, which is no address of this machine.`);
  }
  return null;
}

function parsePort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Refusal(`PORT must be a port number, not ${text}.`);
}

/** Where a browser on this machine finds it. */
function addressOf(host, port) {
  const isEverywhere = host === "0.0.0.0" || host === "::";
  const name = isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
