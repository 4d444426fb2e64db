import { expect, test } from "vitest";
import { type CatalogueModel, plainModel } from "@/lib/models/catalogue";
import type { ModelSettings } from "@/lib/models/settings";
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

/** The question costs nothing, and nobody writes more than 10,000 tokens. */
function quote(model: CatalogueModel, fallbacks: (CatalogueModel | null)[], settings: ModelSettings = {}) {
  return quoteFor({ provider: { costOf: async () => null }, model, fallbacks, messages: [], settings });
}

function model(outputPrice: number | null, parameters = ["max_tokens"]): CatalogueModel {
  const known = { provider: "p", maxOutputTokens: 10_000, inputPrice: 0, outputPrice, parameters };
  return plainModel({ id: "m", ...known });
}
