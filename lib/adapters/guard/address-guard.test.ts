import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { createOpenAICompatibleProvider } from "@/lib/adapters/openai-compatible";
import { asking, hear, neverAborted } from "@/lib/adapters/testing/providers-under-test";
import {
  answerWith,
  delta,
  done,
  finish,
  startStandIn,
  streamOf,
} from "@/lib/adapters/testing/stand-in-server";
import type { ModelProvider } from "@/lib/models/provider";
import { createAddressGuard } from "./address-guard";

test.each([
  "http://127.0.0.1:1",
  "http://2130706433:1",
  "http://0x7f.1:1",
  "http://0177.0.0.1:1",
  "http://127.1:1",
  "http://[::1]:1",
  "http://[::ffff:127.0.0.1]:1",
  "http://[::ffff:7f00:1]:1",
  "http://[64:ff9b::7f00:1]:1",
  "http://169.254.169.254/latest",
  "http://０x7f.1:1",
])("%s is refused before anything is sent", async (baseUrl) => {
  for (const [call, failure] of Object.entries(await failuresOf(guarded(baseUrl, [])))) {
    expect(failure, call).toMatchObject({
      type: "forbidden",
      retryable: false,
      provider: "ep_home",
      details: { reason: "private_address" },
    });
  }
});

test("a name is refused when one of its addresses is private", async () => {
  for (const addresses of [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["2606:4700::1", "::1"]]) {
    const provider = guarded("http://models.example/v1", [], Array(4).fill(addresses));
    for (const [call, failure] of Object.entries(await failuresOf(provider))) {
      expect(failure, call).toMatchObject({ type: "forbidden", details: { reason: "private_address" } });
    }
  }
});

test("a host is looked up once, and what was found is what is connected to: an answer that changes wins nothing", async () => {
  const { port, asked } = await server();
  const lookups = [["127.0.0.1"], ["127.0.0.2"]];
  const provider = guarded(`http://rebinding.example:${port}/v1`, ["127.0.0.1"], lookups);
  expect(await failureOf(provider.check(neverAborted()))).toBeNull();
  expect(lookups).toEqual([["127.0.0.2"]]);
  expect(await failureOf(provider.check(neverAborted()))).toMatchObject({ type: "forbidden" });
  expect(asked).toHaveLength(1);
});

test("a connection that somebody else has left open is not used", async () => {
  const { port, asked } = await server();
  const trusted = createOpenAICompatibleProvider({
    id: "openai",
    apiKey: null,
    baseUrl: `http://localhost:${port}/v1`,
  });
  await trusted.check(neverAborted());
  expect(await failureOf(guarded(`http://localhost:${port}/v1`, []).check(neverAborted()))).toMatchObject({
    type: "forbidden",
  });
  expect(asked).toHaveLength(1);
});

test.each([
  ["the address", ["127.0.0.1"]],
  ["a range", ["127.0.0.0/8"]],
  ["the name", ["Models.Example."]],
])("a private host that the administrator has allowed by %s answers", async (_, allowed) => {
  const { port } = await server();
  const provider = guarded(`http://models.example:${port}/v1`, allowed, [["127.0.0.1"], ["127.0.0.1"]]);
  expect(await failureOf(provider.check(neverAborted()))).toBeNull();
  expect((await hear(provider.stream(asking("Hello"), neverAborted()))).text).toBe("Hello");
});

test("what is allowed is that and nothing beside it", async () => {
  for (const allowed of [["10.0.0.0/8"], ["example"], ["127.0.0.2"], ["::1"], ["not an address/99"]]) {
    const provider = guarded("http://models.example:1/v1", allowed, [["127.0.0.1"]]);
    expect(await failureOf(provider.check(neverAborted()))).toMatchObject({ type: "forbidden" });
  }
});

test("an address is allowed as the literal that it is", async () => {
  const { port } = await server();
  expect(
    await failureOf(guarded(`http://127.0.0.1:${port}/v1`, ["127.0.0.1/32"]).check(neverAborted())),
  ).toBeNull();
});

test("nobody follows a redirect", async () => {
  const inner = await server();
  const outer = await redirectTo(`http://127.0.0.1:${inner.port}/v1/models`);
  const provider = createOpenAICompatibleProvider({
    id: "openai",
    apiKey: "sk-test-00000000",
    baseUrl: outer,
  });
  for (const [call, failure] of Object.entries(await failuresOf(provider))) {
    expect(failure, call).toMatchObject({ type: "provider_error" });
  }
  expect(inner.asked).toEqual([]);
});

test("a host that may be asked leads nobody to a private one", async () => {
  const inner = await server();
  const { port } = new URL(await redirectTo(`http://127.0.0.1:${inner.port}/v1/models`));
  const lookups = Array(4).fill(["127.0.0.1"]);
  const provider = guarded(`http://models.example:${port}/v1`, ["models.example"], lookups);
  for (const [call, failure] of Object.entries(await failuresOf(provider))) {
    expect(failure, call).toMatchObject({ type: "provider_error", details: { status: 307 } });
  }
  expect(lookups).toEqual([]);
  expect(inner.asked).toEqual([]);
});

/** Of every call that goes out. */
async function failuresOf(provider: ModelProvider): Promise<Record<string, unknown>> {
  return {
    check: await failureOf(provider.check(neverAborted())),
    listModels: await failureOf(provider.listModels(neverAborted())),
    stream: (await hear(provider.stream(asking("Hello"), neverAborted()))).error,
    complete: await failureOf(Promise.resolve(provider.complete?.(asking("Hello"), neverAborted()))),
  };
}

function redirectTo(location: string): Promise<string> {
  return startStandIn(({ response }) => response.writeHead(307, { location }).end());
}

async function server() {
  const asked: string[] = [];
  const baseUrl = await startStandIn((exchange) => {
    asked.push(exchange.request.url ?? "");
    if (exchange.request.method === "GET") answerWith(200, { data: [{ id: "model" }] })(exchange);
    else streamOf(delta({ content: "Hello" }), finish, done)(exchange);
  });
  return { port: new URL(baseUrl).port, asked };
}

/** `lookups`: what the name is found to be, one answer after the other; without them the system is asked. */
function guarded(baseUrl: string, allowed: readonly string[], lookups?: string[][]) {
  const guard = createAddressGuard(
    { provider: "ep_home", allowed },
    ...(lookups
      ? ([
          (_host: string, _options: unknown, callback: Callback) =>
            callback(null, (lookups.shift() ?? []).map(addressOf)),
        ] as const)
      : []),
  );
  return createOpenAICompatibleProvider({
    id: "ep_home",
    apiKey: null,
    baseUrl,
    guard,
    deadlines: { requestMs: 2_000 },
  });
}

type Callback = (error: null, addresses: LookupAddress[]) => void;

function addressOf(address: string): LookupAddress {
  return { address, family: address.includes(":") ? 6 : 4 };
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}
