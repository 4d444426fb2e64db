import { expect, test } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { AppError } from "@/lib/errors/app-error";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { Completion, ModelProvider, ModelRequest } from "@/lib/models/provider";
import { createTitler, type Untitled } from "./titler";

const route = { provider: "maker", payer: "installation", credentialId: null } as const;

test("a chat is named in the model's words, and its person's tabs are woken", async () => {
  const { titler, named, woken, requests } = naming(async () => whole('"How tides work."'));
  titler.name(untitled("one"));
  await titler.idle();
  expect(named).toEqual([["one", "How tides work"]]);
  expect(woken).toEqual(["user:ada"]);
  expect(requests[0]).toMatchObject({ model: "maker/answerer", chatId: "one" });
  expect(requests[0]?.messages.at(-1)?.text).toContain("Why do tides come twice a day?");
});

test("where a model for titles is set, it names them all", async () => {
  const { titler, requests } = naming(async () => whole("Tides"), { model: "maker/namer" });
  titler.name(untitled("one"));
  await titler.idle();
  expect(requests.map(({ model }) => model)).toEqual(["maker/namer"]);
});

test("what was said to one provider is told to no other for a title: then the model names that answered", async () => {
  const { titler, requests } = naming(async () => whole("Tides"), { model: "elsewhere/namer" });
  titler.name(untitled("one"));
  await titler.idle();
  expect(requests.map(({ model }) => model)).toEqual(["maker/answerer"]);
});

test("a title is asked for at no host that the answer was kept from", async () => {
  const routing = { only: ["a"], ignore: ["b"], zeroDataRetention: true, fallbackModels: ["maker/other"] };
  for (const model of [null, "maker/namer"]) {
    const { titler, requests } = naming(async () => whole("Tides"), { model });
    titler.name({ ...untitled("one"), routing });
    await titler.idle();
    const { fallbackModels: _, ...hosts } = routing;
    expect(requests[0]?.settings.routing).toEqual(hosts);
  }
});

test("a model that reasons is asked to think as little as it can", async () => {
  const about = plainModel({
    id: "m",
    provider: "p",
    parameters: ["reasoning"],
    reasoningEfforts: ["low", "none"],
  });
  const { titler, requests } = naming(async () => whole("Tides"), { about });
  titler.name(untitled("one"));
  await titler.idle();
  expect(requests[0]?.settings.reasoningEffort).toBe("none");
});

test("what a person has named meanwhile stays, and nobody is woken", async () => {
  const { titler, woken } = naming(async () => whole("Tides"), { isTaken: false });
  titler.name(untitled("one"));
  await titler.idle();
  expect(woken).toEqual([]);
});

test("a title that fails or makes no sense is left alone, and the next one is written", async () => {
  const answers = [
    () => Promise.reject(new AppError("provider_rate_limited", "busy")),
    () => Promise.reject(new Error("unforeseen")),
    async () => whole("Tides are caused by the moon, as you may know. ".repeat(20)),
    async () => whole("Tides"),
  ];
  const { titler, named } = naming(() => answers.shift()?.() ?? Promise.reject());
  for (const id of ["busy", "broken", "chatty", "good"]) titler.name(untitled(id));
  await titler.idle();
  expect(named).toEqual([["good", "Tides"]]);
});

test("titles are written two at a time, and of a rush no more than a hundred wait", async () => {
  const gates: (() => void)[] = [];
  const { titler, requests, named } = naming(
    () => new Promise((resolve) => gates.push(() => resolve(whole("Tides")))),
  );
  for (let index = 0; index < 300; index++) titler.name(untitled(`chat-${index}`));
  await untilStill();
  expect(requests).toHaveLength(2);
  while (gates.length > 0) {
    gates.shift()?.();
    await untilStill();
    expect(gates.length).toBeLessThanOrEqual(2);
  }
  await titler.idle();
  expect(named.length).toBe(102);
});

test("a provider that cannot name chats is not asked, and a process that ends asks nobody", async () => {
  const without = naming(undefined);
  without.titler.name(untitled("one"));
  await without.titler.idle();
  expect(without.named).toEqual([]);

  const closing = new AbortController();
  const ending = naming(
    (_, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    { closing: closing.signal },
  );
  ending.titler.name(untitled("one"));
  await untilStill();
  closing.abort();
  await ending.titler.idle();
  ending.titler.name(untitled("two"));
  await ending.titler.idle();
  expect(ending.requests).toHaveLength(1);
});

function naming(
  complete: ModelProvider["complete"],
  {
    model = null,
    about = null,
    isTaken = true,
    closing = new AbortController().signal,
  }: { model?: string | null; about?: CatalogueModel | null; isTaken?: boolean; closing?: AbortSignal } = {},
) {
  const named: [string, string][] = [];
  const woken: string[] = [];
  const requests: ModelRequest[] = [];
  const provider: ModelProvider = {
    id: "scripted",
    stream: () => {
      throw new Error("titles are not streamed");
    },
    listModels: async () => [],
    check: async () => {},
    ...(complete && {
      complete: (request: ModelRequest, signal: AbortSignal) => {
        requests.push(request);
        return complete(request, signal);
      },
    }),
  };
  const titler = createTitler({
    store: {
      async setModelTitle(chatId, title) {
        named.push([chatId, title]);
        return isTaken;
      },
    },
    models: {
      getModel: async (_, id) => ({
        provider,
        route: { ...route, provider: id.split("/")[0] ?? "" },
        model: about,
      }),
    },
    ledger: { note: async () => {}, standings: async () => [] },
    model,
    bus: {
      publish: (topic) => woken.push(topic),
      subscribe: () => () => {},
      check: async () => null,
      close: async () => {},
    },
    log: silentLog,
    closing,
  });
  return { titler, named, woken, requests };
}

function untitled(chatId: string): Untitled {
  return {
    chatId,
    userId: "ada",
    model: "maker/answerer",
    routing: undefined,
    question: "Why do tides come twice a day?",
    answer: "Because the earth turns under two bulges of water.",
  };
}

function whole(text: string): Completion {
  return { text, usage: null, costMicros: null };
}

async function untilStill(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
