import fc from "fast-check";
import { expect, test } from "vitest";
import { writePngFile } from "@/lib/characters/card-file";
import { matchLore } from "@/lib/characters/lore/match-lore";
import { readBook } from "@/lib/characters/lore/read-book";
import { loreSettings, said } from "@/lib/characters/lore/testing/book-of";
import { parseCard } from "@/lib/characters/parse-card";
import { readLorebookFile } from "./lorebook-file";
import { writeWorldInfo } from "./write-world-info";

test("world info comes out as it came in, whatever else is in it", () => {
  const text = fc.string({ maxLength: 12 });
  const words = fc.array(text, { maxLength: 3 });
  const entry = fc
    .record({
      key: words,
      keysecondary: words,
      comment: text,
      content: text,
      constant: fc.boolean(),
      selective: fc.boolean(),
      order: fc.nat(500),
      position: fc.nat(7),
      disable: fc.boolean(),
      caseSensitive: fc.option(fc.boolean()),
      selectiveLogic: fc.nat(3),
      depth: fc.nat(9),
      sticky: fc.option(fc.nat(3)),
      addMemo: fc.boolean(),
      characterFilter: fc.record({ names: words, isExclude: fc.boolean() }),
      somethingNew: fc.jsonValue({ maxDepth: 2 }).map(asJson),
      extensions: fc.record({ other: fc.integer() }),
    })
    .map((fields): Record<string, unknown> => fields);
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), text, (list, name) => {
      const entries = Object.fromEntries(list.map((each, uid) => [uid * 3, { uid: uid * 3, ...each }]));
      const given = { name, entries, originalData: null, newer: [1] };
      const book = readLorebookFile(bytes(given));
      expect(JSON.parse(writeWorldInfo(book))).toMatchObject(given);
      expect(readLorebookFile(Buffer.from(writeWorldInfo(book))).entries).toMatchObject(book.entries);
    }),
  );
});

test("an entry of world info is told as SillyTavern would tell it", () => {
  const entries = {
    "0": { uid: 0, key: ["/tow.r/i"], content: "Old.", order: 100, position: 0, disable: false },
    "1": { uid: 1, key: [], content: "Always.", constant: true, order: 5, position: 4, depth: 2, role: 1 },
    "2": { uid: 2, key: ["tower"], content: "Off.", disable: true },
  };
  const matched = matchLore(readLorebookFile(bytes({ entries })), said(["the TOWER"]), loreSettings);
  expect(matched).toMatchObject({
    beforeDescription: ["Old."],
    afterDescription: [],
    atDepth: [{ depth: 2, role: "user", texts: ["Always."] }],
  });
});

test("a lorebook is read from whatever has one", () => {
  const book = { name: "Wood", entries: [{ keys: ["a"], content: "b" }] };
  const card = { spec: "chara_card_v2", data: { name: "A", character_book: book } };
  for (const file of [
    bytes(book),
    bytes({ spec: "lorebook_v3", data: book }),
    bytes(card),
    writePngFile(parseCard(card), null, "v3"),
  ]) {
    expect(readLorebookFile(file)).toMatchObject(book);
  }
});

test("what other programs wrote goes out as SillyTavern reads it: patterns in slashes, numbers that differ", () => {
  const book = readLorebookFile(
    bytes({
      entries: [
        { id: 1, keys: ["a/b", "/c/"], content: "x", use_regex: true, name: "One", comment: "Else" },
        { id: 1, keys: ["d"], content: "y", enabled: false, case_sensitive: true },
      ],
    }),
  );
  expect(JSON.parse(writeWorldInfo(book)).entries).toMatchObject({
    "1": { uid: 1, key: ["/a\\/b/i", "/c/"], comment: "One", disable: false, caseSensitive: null },
    "0": { uid: 0, key: ["d"], disable: true, caseSensitive: true, position: 1, order: 0 },
  });
});

test("what other programs wrote says the same by way of world info, and nothing of it is lost", () => {
  const text = fc.stringMatching(/^[a-z]{1,6}$/);
  const words = fc.array(text, { maxLength: 3 });
  const model = {
    id: fc.oneof(fc.nat(3), text),
    keys: words,
    content: text,
    name: fc.oneof(text, fc.constant("")),
    comment: text,
    priority: fc.integer(),
    secondary_keys: fc.oneof(
      words,
      words.map((list) => list.join(", ")),
    ),
    selective: fc.boolean(),
    constant: fc.boolean(),
    use_regex: fc.boolean(),
    case_sensitive: fc.option(fc.boolean()),
    enabled: fc.boolean(),
    insertion_order: fc.integer(),
    position: fc.constantFrom("before_char", "after_char", "elsewhere"),
    order: fc.nat(),
    x_new: fc.jsonValue({ maxDepth: 2 }).map(asJson),
    extensions: fc.record({ other: fc.integer() }),
  };
  const entries = fc.array(fc.record(model, { requiredKeys: ["keys", "content"] }), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(entries, (list) => {
      const book = readLorebookFile(bytes({ entries: list }));
      const again = readLorebookFile(Buffer.from(writeWorldInfo(book)));
      for (const entry of book.entries) {
        const { keys: _, secondary_keys, use_regex, constant, selective, ...same } = entry;
        const extensions = expect.objectContaining(same.extensions);
        expect(again.entries).toContainEqual(expect.objectContaining({ ...same, extensions }));
      }
      const told = (each: typeof book) => {
        const { entries } = readBook(each, loreSettings);
        return entries
          .map(({ text, keys, secondaryKeys, isConstant, priority, isCaseSensitive }) =>
            JSON.stringify([
              text,
              keys.length,
              secondaryKeys.map(({ shown }) => shown),
              isConstant,
              priority,
              isCaseSensitive,
            ]),
          )
          .sort();
      };
      expect(told(again)).toEqual(told(book));
    }),
  );
});

test("what SillyTavern's people write over the name of an entry stays, whatever it was before", () => {
  const book = readLorebookFile(
    bytes({ entries: [{ keys: ["a"], content: "x", name: "One", comment: "Else", priority: 3 }] }),
  );
  const world = JSON.parse(writeWorldInfo(book));
  world.entries[0].comment = "Two";
  const [entry] = readLorebookFile(bytes(world)).entries;
  expect(entry).toMatchObject({ comment: "Two", priority: 3 });
  expect(entry).not.toHaveProperty("name");
});

test.each([
  ["nothing in it", {}, { problem: "not_a_lorebook", field: "entries" }],
  ["a list", [], { problem: "not_a_lorebook" }],
  [
    "keys that are none",
    { entries: { "0": { key: "a", content: "b" } } },
    { problem: "not_a_lorebook", field: "entries.0.keys" },
  ],
  ["a card without one", { name: "A", description: "b" }, { problem: "not_a_lorebook" }],
])("what is no lorebook is refused: %s", (_, given, details) => {
  expect(() => readLorebookFile(bytes(given))).toThrow(
    expect.objectContaining({ details: expect.objectContaining(details) }),
  );
});

function bytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
