import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultReserve, fitContext, type TurnSize } from "./fit-context";

const exact = { reserveTokens: 0, fixedTokens: 0, isEstimate: false };

test("what has room is told whole", () => {
  expect(fitContext(turns(10, 10), { ...exact, contextLength: 100 })).toEqual({
    fits: true,
    from: 0,
    usedTokens: 95,
  });
});

test("the oldest turns go first, down to three quarters of the room", () => {
  const fit = fitContext(turns(11, 10), { ...exact, contextLength: 100 });
  expect(fit).toEqual({ fits: true, from: 3, usedTokens: 75 });
});

test("an answer's room, the sections and the margin of an estimate are kept free", () => {
  const limits = { contextLength: 200, reserveTokens: 50, fixedTokens: 35, isEstimate: true };
  expect(fitContext(turns(10, 10), limits)).toMatchObject({ from: 0, usedTokens: 95 });
  expect(fitContext(turns(11, 10), limits)).toMatchObject({ from: 3 });
});

test("a question with no room at all is said to have none, with how much it would want", () => {
  const alone = (questionTokens: number) =>
    fitContext([{ tokens: questionTokens, questionTokens }], {
      ...exact,
      contextLength: 100,
      fixedTokens: 20,
    });
  expect(alone(81)).toEqual({ fits: false, neededTokens: 81, roomTokens: 80 });
  expect(alone(80)).toEqual({ fits: true, from: 0, usedTokens: 80 });
});

test("a question that would only go into the margin is told alone", () => {
  const last = { tokens: 95, questionTokens: 95 };
  const limits = { ...exact, contextLength: 100, isEstimate: true };
  expect(fitContext([...turns(5, 10), last], limits)).toEqual({ fits: true, from: 5, usedTokens: 95 });
});

const turnSizes = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 600 }))
  .map(([questionTokens, answer]): TurnSize => ({ questionTokens, tokens: questionTokens + answer }));

const limits = fc.record({
  contextLength: fc.integer({ min: 1, max: 5_000 }),
  reserveTokens: fc.integer({ min: 0, max: 500 }),
  fixedTokens: fc.integer({ min: 0, max: 500 }),
  isEstimate: fc.boolean(),
});

test("it is never more than has room, the newest question is always told, and a refusal is only for want of room", () => {
  fc.assert(
    fc.property(fc.array(turnSizes, { minLength: 1 }), limits, (all, some) => {
      const fit = fitContext(all, some);
      const room = some.contextLength - some.reserveTokens - some.fixedTokens;
      const question = all.at(-1)?.questionTokens ?? 0;
      if (!fit.fits) {
        expect(question).toBeGreaterThan(room);
        return;
      }
      const told = all.slice(fit.from, -1).reduce((sum, { tokens }) => sum + tokens, question);
      expect(fit.usedTokens).toBe(told);
      expect(told).toBeLessThanOrEqual(room);
      expect(fit.from).toBeLessThan(all.length);
    }),
  );
});

test("as a conversation grows the cut never moves back, and moves only when there was no room", () => {
  fc.assert(
    fc.property(fc.array(turnSizes, { minLength: 2 }), limits, (all, some) => {
      let before = 0;
      for (let length = 1; length <= all.length; length++) {
        const fit = fitContext(all.slice(0, length), some);
        if (!fit.fits) continue;
        expect(fit.from).toBeGreaterThanOrEqual(before);
        if (fit.from > before) {
          const question = all[length - 1]?.questionTokens ?? 0;
          const kept = all.slice(before, length - 1).reduce((sum, { tokens }) => sum + tokens, question);
          const margin = some.isEstimate ? 0.9 : 1;
          expect(kept).toBeGreaterThan(
            (some.contextLength - some.reserveTokens) * margin - some.fixedTokens - 1,
          );
        }
        before = fit.from;
      }
    }),
  );
});

test("a conversation of equal turns keeps its beginning for several questions on end", () => {
  const cuts = Array.from({ length: 300 }, (_, index) => {
    const fit = fitContext(turns(index + 1, 100), { ...exact, contextLength: 8_192, reserveTokens: 2_048 });
    return fit.fits ? fit.from : -1;
  });
  const moves = cuts.filter((cut, index) => index > 0 && cut !== cuts[index - 1]).length;
  expect(moves).toBeLessThan(20);
  expect(cuts.at(-1)).toBeGreaterThan(230);
});

test("a small context keeps a quarter for the answer, and a large one no more than an answer takes", () => {
  expect(defaultReserve(8_192, null)).toBe(2_048);
  expect(defaultReserve(200_000, 32_000)).toBe(16_384);
  expect(defaultReserve(200_000, 4_096)).toBe(4_096);
});

function turns(count: number, tokens: number): TurnSize[] {
  return Array.from({ length: count }, () => ({ tokens, questionTokens: tokens / 2 }));
}
