import { expect, test } from "vitest";
import { planQuestion } from "./question.ts";
import { createRandom } from "./random.ts";

test("the same seed gives the same draws, whatever else is drawn meanwhile", () => {
  const draws = (seed: number, before: number) => {
    const random = createRandom(seed);
    for (let drawn = 0; drawn < before; drawn++) random.next();
    const fork = random.fork("chat");
    return Array.from({ length: 20 }, () => fork.between(1, 1_000));
  };
  expect(draws(7, 0)).toEqual(draws(7, 5));
  expect(draws(7, 0)).not.toEqual(draws(8, 0));
  for (const drawn of draws(7, 0)) expect(drawn).toSatisfy((each: number) => each >= 1 && each <= 1_000);
});

test("a question is planned alike by the same seed, but for its id", () => {
  const plan = (seed: number) => ({ ...planQuestion("a-1", createRandom(seed)), messageId: "" });
  expect(plan(3)).toEqual(plan(3));
  expect(plan(3).text).not.toBe(plan(4).text);
});
