import fc from "fast-check";
import { expect, test } from "vitest";
import { momentTexts } from "./moment-texts";
import { createPlaceholderRoom, fillPlaceholders } from "./placeholders";

const texts = { char: "Ada", user: "Bob", model: "Some Model", date: "November 20, 2026" };

test.each([
  ["Hi {{user}}, I am {{char}}.", "Hi Bob, I am Ada."],
  ["{{USER}} {{ Char }} {{Model}}", "Bob Ada Some Model"],
  ["{{unknown}} {{user", "{{unknown}} {{user"],
  ["a{{newline}}b{{noop}}c", "a\nbc"],
  ["a{{// a note, with: {braces}}}b", "a{{// a note, with: {braces}}}b"],
  ["a{{// a note, with: colons}}b{{comment: x}}c{{hidden_key: y}}d", "abcd"],
  ["a\n\n{{trim}}\n\nb", "ab"],
  ["\n{{trim}}{{user}}", "Bob"],
  ["a\n{{newline}}{{noop}}\n{{trim}}{{newline}}\nb{{trim}}", "ab"],
  ["{{trim}}\n{{trim}}\n x", " x"],
  ["{{reverse:abc}}", "cba"],
  ["{{reverse: 👋a}}", "a👋 "],
  ["{{roll:d1}} {{roll:3d1}} {{roll:0}} {{roll:x}}", "1 3 {{roll:0}} {{roll:x}}"],
  ["{{roll d1}} {{Roll 2d1}} {{roll::D1}} {{roll x y}}", "1 2 1 {{roll x y}}"],
  ["{{random:Hello}} {{RANDOM:}}|{{pick:a\\,b}}", "Hello |a,b"],
  ["{{reverse:}}|{{reverse:a,b}}", "|b,a"],
  ["{{random:only}} {{pick::only}}", "only only"],
  ["{{user:x}} {{constructor}} {{__proto__}}", "{{user:x}} {{constructor}} {{__proto__}}"],
  ["<USER> {{{user}}}", "<USER> {Bob}"],
])("%j becomes %j", (template, expected) => {
  expect(fill(template)).toBe(expected);
});

test("a card of the first version has its names in angle brackets", () => {
  expect(fillPlaceholders("<USER> meets <bot> and <Char>", { texts, seed: "c" }, { isCard: true })).toBe(
    "Bob meets Ada and Ada",
  );
});

test("what was put in is text, whatever it looks like", () => {
  const tricky = { user: "{{char}}", char: "{{trim}}\n{{user}} <BOT> $& {{random:1,2}}" };
  expect(fillPlaceholders("{{user}}/{{char}}/<bot>", { texts: tricky, seed: "c" }, { isCard: true })).toBe(
    `{{char}}/${tricky.char}/${tricky.char}`,
  );
});

test("what is chosen at random is the same for a chat, and not for all chats", () => {
  const template = "{{random:a,b,c,d,e,f,g,h}}{{pick::a::b::c::d::e::f::g::h}}{{roll:1000}}";
  const chosen = Array.from({ length: 20 }, (_, chat) => fill(template, `chat-${chat}`));
  expect(chosen).toEqual(Array.from({ length: 20 }, (_, chat) => fill(template, `chat-${chat}`)));
  expect(new Set(chosen).size).toBeGreaterThan(15);
});

test("an escaped comma is part of a choice", () => {
  expect(fill("{{random:a\\,b}}")).toBe("a,b");
});

test("a text without braces is the same text, and one with them loses nothing that is not a placeholder", () => {
  const words = fc.string({ unit: fc.constantFrom("a", "{", "}", "\n", "<", "é", "👋", " ", ":", "/") });
  fc.assert(
    fc.property(words, (text) => {
      fc.pre(!/\{\{[^{}]*\}\}/.test(text));
      expect(fill(text)).toBe(text);
    }),
  );
});

test("every placeholder is filled where it stands, however many there are and whatever is between them", () => {
  const piece = fc.oneof(
    fc.constantFrom("{{char}}", "{{user}}", "{{nobody}}"),
    fc.stringMatching(/^[a-z \n]*$/),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const filled = pieces.map((each) => (each === "{{char}}" ? "Ada" : each === "{{user}}" ? "Bob" : each));
      expect(fill(pieces.join(""))).toBe(filled.join(""));
    }),
  );
});

test("however many placeholders a prompt has, it is filled in with bounded work; the rest stays as it was written", () => {
  const room = createPlaceholderRoom();
  const many = "{{char}}".repeat(30_000);
  const filled = fillPlaceholders(many, { texts, seed: "c", room });
  const count = filled.split("Ada").length - 1;
  expect(count).toBeGreaterThan(10_000);
  expect(filled).toBe("Ada".repeat(count) + many.slice(count * "{{char}}".length));
  expect(fillPlaceholders("{{char}}", { texts, seed: "c", room })).toBe("{{char}}");

  const dice = fill("{{roll:100d6}}".repeat(1_000));
  expect(dice).toMatch(/^\d+\{\{roll:100d6\}\}/);
});

test("a day is told in the zone of the person, and in UTC where that is not known", () => {
  const now = new Date("2026-11-20T23:05:00Z");
  expect(momentTexts(now, "Asia/Tokyo")).toEqual({
    date: "November 21, 2026",
    weekday: "Saturday",
    time: "8:05 AM",
    isodate: "2026-11-21",
    isotime: "08:05",
  });
  for (const zone of [null, "No/Where"]) {
    expect(momentTexts(now, zone)).toMatchObject({ date: "November 20, 2026", isotime: "23:05" });
  }
});

function fill(template: string, seed = "chat"): string {
  return fillPlaceholders(template, { texts, seed });
}
