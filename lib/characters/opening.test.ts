import { expect, test } from "vitest";
import { openingsOf } from "./opening";
import { parseCard } from "./parse-card";

const card = parseCard({
  spec: "chara_card_v3",
  data: {
    name: "Ada",
    scenario: "A hangar of {{char}}.",
    first_mes: "{{isodate}}, {{isotime}}.",
    alternate_greetings: ["{{scenario}} {{persona}} enters.", " "],
  },
});
const cast = {
  character: { id: "c", card, model: null, profileId: null },
  profile: { id: "p", name: "Bob", description: "{{user}}, a reader" },
};
const now = new Date("2026-11-20T23:30:00Z");

test("a first message tells the time of the person's zone", () => {
  const first = (timeZone: string | null) => openingsOf(cast, { chatId: "chat", now, timeZone })[0];
  expect(first("Asia/Tokyo")).toBe("2026-11-21, 08:30.");
  expect(first(null)).toBe("2026-11-20, 23:30.");
});

test("a first message may name what character and person are", () => {
  expect(openingsOf(cast, { chatId: "chat", now, timeZone: null })[1]).toBe(
    "A hangar of Ada. Bob, a reader enters.",
  );
});

test("however often first messages name a long text, what is put in is bounded over all of them", () => {
  const data = {
    name: "Ada",
    description: "d".repeat(100_000),
    first_mes: "x",
    alternate_greetings: Array.from({ length: 99 }, () => "{{description}}"),
  };
  const character = {
    id: "c",
    card: parseCard({ spec: "chara_card_v3", data }),
    model: null,
    profileId: null,
  };
  const openings = openingsOf({ ...cast, character }, { chatId: "chat", now, timeZone: null });
  expect(openings).toHaveLength(100);
  expect(openings.join("").length).toBeLessThan(1_100_000);
});
