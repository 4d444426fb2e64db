import { expect, test } from "vitest";
import { createSendPace } from "./send-pace";

test("a chat sends once a second at most, and what comes sooner goes out in its turn", async () => {
  const { pace, slept } = paceAt(0);
  await pace.turn("a");
  await Promise.all([pace.turn("a"), pace.turn("a")]);
  expect(slept).toEqual([1000, 2000]);
});

test("a second later, and in another chat, nothing waits", async () => {
  const clock = paceAt(0);
  await clock.pace.turn("a");
  await clock.pace.turn("b");
  clock.at = 1000;
  await clock.pace.turn("a");
  expect(clock.slept).toEqual([]);
});

function paceAt(at: number) {
  const clock = { at, slept: [] as number[] };
  const pace = createSendPace({
    now: () => clock.at,
    async sleep(ms) {
      clock.slept.push(ms);
    },
  });
  return Object.assign(clock, { pace });
}
