import fc from "fast-check";
import { expect, test } from "vitest";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { ModelSettings } from "@/lib/models/settings";
import type { InputTokens } from "./estimate-cost";
import { costOf } from "./model-prices";
import { quoteFor } from "./quote";

test("a fallback model may answer, so the dearest of all is held back, and its length paid for", () => {
  const { holdMicros, leastMicros, settingsWithin, prices } = quote(model(1), [model(5), model(2)]);
  expect([holdMicros, leastMicros]).toEqual([50_000, 2_500]);
  expect(settingsWithin(20_000)).toEqual({ maxOutputTokens: 4_000 });
  expect(settingsWithin(50_000)).toEqual({});
  expect(prices).toMatchObject({ output: 1 });
});

test("a free model with a dear fallback is not free", () => {
  expect(quote(model(0), [model(5)])).toMatchObject({ holdMicros: 50_000, leastMicros: 2_500 });
  expect(quote(model(0), [model(0)]).holdMicros).toBe(0);
});

test("a fallback of unknown price wants something to be left, and makes no dear model cheaper", () => {
  expect(quote(model(0), [model(null)])).toMatchObject({ holdMicros: 50_000, leastMicros: 1 });
  expect(quote(model(0), [null]).holdMicros).toBe(50_000);
  expect(quote(model(5), [model(null)]).holdMicros).toBe(50_000);
});

test("a model that heeds no limit is paid for to its full length, or refused", () => {
  const deaf = model(5, ["temperature"]);
  const settings = { maxOutputTokens: 100 };
  expect(quote(deaf, [], settings)).toMatchObject({ holdMicros: 50_000, leastMicros: 50_000 });
  expect(quote(model(1), [deaf], settings)).toMatchObject({ holdMicros: 50_000, leastMicros: 50_000 });
  expect(quote(deaf, [model(6)], settings)).toMatchObject({ holdMicros: 60_000, leastMicros: 60_000 });
  expect(quote(model(5), [], settings)).toMatchObject({ holdMicros: 500, leastMicros: 500 });
});

test("the most is no less where thoughts are dearer than text, or a marked prompt is written to the cache", () => {
  const thinking = { ...model(1), reasoningPrice: 3 };
  const { holdMicros, settingsWithin, prices } = quote(thinking, []);
  expect([holdMicros, settingsWithin(3_000), prices?.output]).toEqual([
    30_000,
    { maxOutputTokens: 1_000 },
    1,
  ]);
  const asked = {
    provider: {},
    messages: [],
    settings: { maxOutputTokens: 1 },
    input: { tokens: 1_000, isEstimate: false },
  };
  const caching = { ...model(0), inputPrice: 4, cacheWritePrice: 5 };
  expect(quoteFor({ ...asked, model: { ...caching, id: "anthropic/claude" } }).holdMicros).toBe(5_000);
  expect(quoteFor({ ...asked, model: caching }).holdMicros).toBe(4_000);
});

test("under a limit a host may be twice as dear as the catalogue says, is paid for, and less dear where little is left", () => {
  const { holdMicros, mostMicros, isBound, settingsWithin } = capped([model(5)]);
  expect([mostMicros, holdMicros, isBound]).toEqual([50_000, 100_000, true]);
  expect(settingsWithin(100_000)).toEqual({ routing: { maxPrice: { input: 0, output: 10 } } });
  expect(settingsWithin(75_000)).toEqual({ routing: { maxPrice: { input: 0, output: 7.5 } } });
  const short = { maxOutputTokens: 4_000, routing: { maxPrice: { input: 0, output: 5 } } };
  expect(settingsWithin(20_000)).toEqual(short);
});

test("the ceiling is one for all that may answer, so that it is each one's dearest price that is paid for", () => {
  const [input, output] = [{ ...model(1), inputPrice: 5 }, model(4)];
  const quoted = capped([input, output], { tokens: 1_000, isEstimate: false });
  expect(quoted.mostMicros).toBe(45_000);
  expect(quoted.settingsWithin(90_000).routing?.maxPrice).toEqual({ input: 10, output: 8 });
});

test("what is free, of unknown price or not OpenRouter's is sent without a ceiling, and so is what nothing limits", () => {
  expect(capped([model(0)]).settingsWithin(0)).toEqual({});
  const unknown = capped([model(5), model(null)]);
  expect([unknown.isBound, unknown.holdMicros, unknown.settingsWithin(50_000)]).toEqual([false, 50_000, {}]);
  const elsewhere = quoteFor({ provider: {}, model: model(5), settings: {}, isLimited: true });
  expect([elsewhere.isBound, elsewhere.holdMicros, elsewhere.settingsWithin(50_000)]).toEqual([
    true,
    50_000,
    {},
  ]);
  const open = quoteFor({ provider: { takesMaxPrice: true }, model: model(5), settings: {} });
  expect([open.isBound, open.holdMicros, open.settingsWithin(50_000)]).toEqual([false, 50_000, {}]);
});

test("a person's own ceiling stays where it is lower", () => {
  const settings = { routing: { sort: "price" as const, maxPrice: { output: 6, request: 0.1 } } };
  const quoted = quoteFor({ provider: openrouter, model: model(5), settings, isLimited: true });
  expect(quoted.settingsWithin(100_000).routing).toEqual({
    sort: "price",
    maxPrice: { input: 0, output: 6, request: 0.1 },
  });
});

test("an answer of which nothing says how long it may be is bounded only where less is held than it is taken to cost", () => {
  const endless = { ...model(1), maxOutputTokens: null };
  const quoted = quoteFor({ provider: {}, model: endless, settings: {}, isLimited: true });
  expect(quoted.settingsWithin(quoted.holdMicros)).toEqual({});
  expect(quoted.settingsWithin(4_000)).toEqual({ maxOutputTokens: 4_000 });
});

test("what is held for an answer is no bound where its length is only assumed", () => {
  const endless = { ...model(1), maxOutputTokens: null };
  const isBound = (each: CatalogueModel, provider = {}, settings: ModelSettings = {}) =>
    [true, false].map((isLimited) => quoteFor({ provider, model: each, settings, isLimited }).isBound);
  expect(isBound(endless)).toEqual([false, false]);
  expect(isBound(endless, openrouter)).toEqual([false, false]);
  expect(isBound(endless, {}, { maxOutputTokens: 100 })).toEqual([true, true]);
  expect(isBound({ ...endless, contextLength: 8_192 })).toEqual([true, true]);
  expect(isBound({ ...endless, outputPrice: 0 })).toEqual([true, true]);
});

test("what the person has set is never raised for a fallback model of unknown length that heeds no limit", () => {
  const deaf = { ...model(1, ["temperature"]), maxOutputTokens: null };
  const settings = { maxOutputTokens: 500 };
  const quoted = quoteFor({ provider: {}, model: model(5), fallbacks: [deaf], settings, isLimited: true });
  for (const micros of [quoted.holdMicros, quoted.leastMicros, 1])
    expect(quoted.settingsWithin(micros).maxOutputTokens).toBeLessThanOrEqual(500);
});

test("whatever is held, an answer by the settings that it is sent with costs no more, at no host of the catalogue's price less", () => {
  const price = fc.integer({ min: 0, max: 80_000 }).map((thousandths) => thousandths / 1_000);
  const candidate = fc.record({
    inputPrice: price,
    outputPrice: price,
    requestPrice: fc.option(fc.integer({ min: 0, max: 10_000 }).map((millionths) => millionths / 1e6)),
    maxOutputTokens: fc.integer({ min: 1, max: 40_000 }),
  });
  const models = fc.array(candidate, { minLength: 1, maxLength: 4 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(models, fc.nat(30_000), share, (given, inputTokens, part) => {
      const all = given.map((each) => ({ ...model(0), ...each }));
      const quoted = capped(all, { tokens: inputTokens, isEstimate: false });
      const held = quoted.leastMicros + Math.floor(part * (quoted.holdMicros - quoted.leastMicros));
      const { maxOutputTokens, routing } = quoted.settingsWithin(held);
      for (const { inputPrice, outputPrice, requestPrice, maxOutputTokens: longest } of all) {
        const catalogue = { input: inputPrice, output: outputPrice, request: requestPrice };
        const dearest = { ...catalogue, ...routing?.maxPrice, cachedInput: null, image: null };
        const outputTokens = Math.min(longest ?? 0, maxOutputTokens ?? Number.POSITIVE_INFINITY);
        expect(costOf(dearest, { inputTokens, outputTokens }, "up")).toBeLessThanOrEqual(held);
        expect(dearest.input).toBeGreaterThanOrEqual(inputPrice ?? 0);
        expect(dearest.output).toBeGreaterThanOrEqual(outputPrice ?? 0);
      }
    }),
    { numRuns: 1_000 },
  );
});

const openrouter = { costOf: async () => null, takesMaxPrice: true } as const;

function capped([first, ...fallbacks]: CatalogueModel[], input?: InputTokens) {
  const model = first ?? null;
  return quoteFor({ provider: openrouter, model, fallbacks, settings: {}, input, isLimited: true });
}

/** The question costs nothing, and nobody writes more than 10,000 tokens. */
function quote(model: CatalogueModel, fallbacks: (CatalogueModel | null)[], settings: ModelSettings = {}) {
  return quoteFor({ provider: { costOf: async () => null }, model, fallbacks, messages: [], settings });
}

function model(outputPrice: number | null, parameters = ["max_tokens"]): CatalogueModel {
  const known = { provider: "p", maxOutputTokens: 10_000, inputPrice: 0, outputPrice, parameters };
  return plainModel({ id: "m", ...known });
}
