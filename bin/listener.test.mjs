import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, expect, test } from "vitest";
import { listen } from "./listener.mjs";

const open = [];

afterEach(() => {
  for (const listener of open.splice(0)) {
    listener.stopAccepting();
    listener.server.closeAllConnections();
  }
});

test.each(loopbackAddresses())("localhost answers on %s", async (loopback) => {
  const { address, port } = await start({ host: "localhost", port: "0" });
  expect(address).toBe(`http://localhost:${port}`);
  const url = loopback.includes(":") ? `http://[${loopback}]:${port}` : `http://${loopback}:${port}`;
  expect(await (await fetch(url)).text()).toBe(loopback);
});

test("a port that is taken is refused with a sentence that names it", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address();
  await expect(start({ host: "localhost", port: String(port) })).rejects.toThrow(`Port ${port} is taken`);
  taken.close();
});

test("what is no port, and what is no address of this machine, is refused by name", async () => {
  await expect(start({ host: "localhost", port: "many" })).rejects.toThrow(
    "PORT must be a port number, not many.",
  );
  await expect(start({ host: "192.0.2.1", port: "0" })).rejects.toThrow("HOST is 192.0.2.1");
});

test("open to the network, it still names an address that a browser here can use", async () => {
  const { address, port } = await start({ host: "0.0.0.0", port: "0" });
  expect(address).toBe(`http://localhost:${port}`);
});

test("once it stops accepting, a connection is closed as soon as it carries nothing", async () => {
  const asked = Promise.withResolvers();
  const { server, port, stopAccepting } = await start({
    host: "localhost",
    port: "0",
    onRequest: (_, response) => asked.resolve(response),
  });
  const answer = fetch(`http://127.0.0.1:${port}`);
  const response = await asked.promise;
  const closed = once(server, "close");
  stopAccepting();
  response.end("late");
  expect(await (await answer).text()).toBe("late");
  await closed;
});

async function start({
  onRequest = (request, response) => response.end(request.socket.remoteAddress),
  ...options
}) {
  const listener = await listen({ ...options, onRequest });
  open.push(listener);
  return listener;
}

function loopbackAddresses() {
  const addresses = Object.values(networkInterfaces())
    .flat()
    .filter(({ internal }) => internal);
  return addresses.map(({ address }) => address).filter((address) => ["127.0.0.1", "::1"].includes(address));
}
