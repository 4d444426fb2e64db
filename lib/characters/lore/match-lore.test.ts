import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lorebook } from "@/lib/characters/card";
import { fillPlaceholders } from "@/lib/prompts/placeholders";
import { matchLore } from "./match-lore";
import { bookOf, said, loreSettings as settings } from "./testing/book-of";

test("an entry is told when one of its keys is said, in any case unless it asks for its own", () => {
  const book = bookOf([
    { keys: ["tower", "spire"], content: "Old." },
    { keys: ["Tower"], content: "Named.", case_sensitive: true },
    { keys: ["", "  "], content: "An empty key is no key." },
  ]);
  expect(told(book, ["The TOWER"])).toEqual(["Old."]);
  expect(told(book, ["A Tower", "and more"])).toEqual(["Old.", "Named."]);
  expect(told(book, ["nothing"])).toEqual([]);
});

test("a selective entry wants one of its second keys as well, as a list or as a text with commas", () => {
  for (const secondary_keys of [["night", "dusk"], "night, dusk"]) {
    const book = bookOf([{ keys: ["tower"], content: "Dark.", selective: true, secondary_keys }]);
    expect(told(book, ["the tower"])).toEqual([]);
    expect(told(book, ["the tower at dusk"])).toEqual(["Dark."]);
  }
  const unselective = bookOf([
    { keys: ["tower"], content: "Dark.", selective: false, secondary_keys: ["night"] },
  ]);
  expect(told(unselective, ["the tower"])).toEqual(["Dark."]);
});

test("constant entries are always told, and those that are off or empty never", () => {
  const book = bookOf([
    { keys: [], content: "Always.", constant: true },
    { keys: ["a"], content: "Off.", constant: true, enabled: false },
    { keys: ["a"], content: "  ", constant: true },
  ]);
  expect(told(book, [])).toEqual(["Always."]);
});

test("entries are told by their order, before or after the description", () => {
  const book = bookOf([
    { constant: true, content: "second", insertion_order: 20 },
    { constant: true, content: "first", insertion_order: 10, position: "after_char" },
    { constant: true, content: "before", insertion_order: 30, position: "before_char" },
  ]);
  expect(matchLore(book, said([]), settings)).toMatchObject({
    beforeDescription: ["before"],
    afterDescription: ["first", "second"],
  });
});

test("only the newest messages are searched, as many as the book or the entry says", () => {
  const texts = ["dragon", "b", "c", "d", "e"];
  const entry = { keys: ["dragon"], content: "Fire." };
  expect(told(bookOf([entry]), texts)).toEqual([]);
  expect(told(bookOf([entry], { scan_depth: 5 }), texts)).toEqual(["Fire."]);
  expect(told(bookOf([entry], { scan_depth: 0 }), ["dragon"])).toEqual([]);
  expect(told(bookOf([{ ...entry, content: "@@scan_depth 5\nFire." }]), texts)).toEqual(["Fire."]);
});

test("what is told calls up more where the book says so, and never for ever", () => {
  const entries = [
    { keys: ["a"], content: "says b" },
    { keys: ["b"], content: "says c" },
    { keys: ["c"], content: "says a" },
  ];
  const chain = Array.from({ length: 20 }, (_, index) => ({
    keys: [`key${index}.`],
    content: `says key${index + 1}.`,
  }));
  expect(told(bookOf(chain, { recursive_scanning: true }), ["key0."])).toHaveLength(6);
  expect(told(bookOf(entries), ["a!"])).toEqual(["says b"]);
  expect(told(bookOf(entries, { recursive_scanning: true }), ["a!"])).toEqual(["says b", "says c", "says a"]);
});

test("over the budget the lowest priority goes first, and that is said", () => {
  const book = bookOf(
    [
      { constant: true, content: "aaaa", insertion_order: 1, priority: 5 },
      { constant: true, content: "bbbb", insertion_order: 2, priority: 1 },
      { constant: true, content: "cccc", insertion_order: 3, priority: 9 },
    ],
    { token_budget: 9 },
  );
  const { afterDescription, report } = matchLore(book, said([]), settings);
  expect(afterDescription).toEqual(["aaaa", "cccc"]);
  expect(report.notes).toEqual([{ entry: 1, name: "", problem: "over_budget", what: [] }]);
});

test("an entry counts as what is told of it, its placeholders filled in", () => {
  const texts = { ...settings.names, description: "x".repeat(2_000) };
  const book = bookOf(
    [
      { constant: true, content: "{{char}} knows", priority: 2 },
      { constant: true, content: "{{description}}", name: "Long", priority: 1 },
    ],
    { token_budget: 10 },
  );
  const { afterDescription, report } = matchLore(book, said([]), { ...settings, texts });
  expect(afterDescription).toEqual(["{{char}} knows"]);
  expect(report.told).toMatchObject([{ entry: 0, tokens: 9 }]);
  expect(report.notes).toEqual([{ entry: 1, name: "Long", problem: "over_budget", what: [] }]);

  const roomy = matchLore({ ...book, token_budget: 2_009 }, said([]), { ...settings, texts });
  expect(roomy.report.told.map(({ tokens }) => tokens)).toEqual([9, 2_000]);
});

test("what is chosen for an entry at random counts as what is told of it", () => {
  const content = "{{random::a::bb::ccc::dddd::eeeee}}";
  const book = bookOf([{ constant: true, content }]);
  for (let chat = 0; chat < 20; chat++) {
    const seed = `chat-${chat}`;
    const { told } = matchLore(book, said([], { seed }), settings).report;
    expect(told[0]?.tokens).toBe(fillPlaceholders(content, { texts: {}, seed }).length);
  }
});

test("a long text is counted wherever it is named, and put in nowhere", () => {
  const texts = { description: "x".repeat(1_000_000) };
  const lengths: number[] = [];
  const countTokens = (text: string) => {
    lengths.push(text.length);
    return text.length;
  };
  const book = bookOf([{ constant: true, content: "{{description}} ".repeat(5_000) }]);
  const { report } = matchLore(book, said([]), { ...settings, texts, countTokens });
  expect(report.told[0]?.tokens).toBe(5_000 * 1_000_000 + 4_999);
  expect(Math.max(...lengths)).toBe(1_000_000);
  expect(lengths.filter((length) => length === 1_000_000)).toHaveLength(1);
});

test("of a book with too many placeholders what is left fits into no budget", () => {
  const book = bookOf(
    Array.from({ length: 5_000 }, () => ({ constant: true, content: "{{noop}}".repeat(20) })),
    { token_budget: 1_000_000 },
  );
  expect(told(book, []).length).toBeLessThan(1_001);
  expect(told({ ...book, token_budget: undefined }, [])).toHaveLength(5_000);
});

test("what ignores the budget is told beside it, and uses none of it up", () => {
  const book = bookOf(
    [
      { constant: true, content: "aaaa", extensions: { ignore_budget: true } },
      { constant: true, content: "bbbb" },
      { constant: true, content: "cccccccc", priority: -1 },
      { constant: true, content: "dddd", priority: -2, extensions: { ignore_budget: true } },
    ],
    { token_budget: 5 },
  );
  expect(told(book, [])).toEqual(["aaaa", "bbbb", "dddd"]);
});

test("keys that are patterns are looked for as such, in one message at a time", () => {
  const book = bookOf([
    { keys: ["drag(on|ons)\\b"], content: "Fire.", use_regex: true },
    { keys: ["/Tow.r/"], content: "Old." },
    { keys: ["/tow.r/i"], content: "Tall." },
    { keys: ["a[b]c"], content: "No pattern." },
    { keys: ["one.*two"], content: "Across.", use_regex: true },
  ]);
  expect(told(book, ["DRAGONS at the TOWER", "one", "two"])).toEqual(["Fire.", "Tall."]);
  expect(told(book, ["Tower a[b]c"])).toEqual(["Old.", "Tall.", "No pattern."]);
});

test("what is no pattern keeps an entry away whose keys are patterns, as version 3 has it, and that is said", () => {
  const tavern = { display_index: 0 };
  const book = bookOf([
    { keys: ["x", "("], content: "Patterns.", use_regex: true },
    { keys: ["x", "/(/i"], content: "In slashes.", use_regex: true },
    { keys: ["x"], content: "@@additional_keys (\nMore.", use_regex: true },
    { keys: ["(", "x"], content: "@@activate\nIn any case.", use_regex: true },
    { keys: ["x", "/(/"], content: "Texts." },
    { keys: ["x", "/(/"], content: "SillyTavern's.", use_regex: true, extensions: tavern },
  ]);
  const { afterDescription, report } = matchLore(book, said(["x"]), settings);
  expect(afterDescription).toEqual(["In any case.", "Texts.", "SillyTavern's."]);
  expect(report.notes.map(({ entry, problem, what }) => [entry, problem, what])).toEqual([
    [0, "pattern_invalid", ["("]],
    [1, "pattern_invalid", ["/(/i"]],
    [2, "pattern_invalid", ["("]],
    [3, "pattern_invalid", ["("]],
    [4, "pattern_invalid", ["/(/"]],
    [5, "pattern_invalid", ["/(/"]],
  ]);
});

test("what cannot be had of a pattern is not looked for, which is said with the entry and the key", () => {
  const book = bookOf([
    { name: "Ahead", keys: ["(?=x)", "y"], content: "Told by the other key.", use_regex: true },
    { keys: ["(x{1000}){1000}"], content: "Too large.", use_regex: true },
  ]);
  const { afterDescription, report } = matchLore(book, said(["x y"]), settings);
  expect(afterDescription).toEqual(["Told by the other key."]);
  expect(report.notes).toEqual([
    { entry: 0, name: "Ahead", problem: "pattern_not_used", what: ["(?=x)"] },
    { entry: 1, name: "(x{1000}){1000}", problem: "pattern_too_large", what: ["(x{1000}){1000}"] },
  ]);
});

test("of an entry whose keys are patterns second keys and constancy do not count, as version 3 has it", () => {
  const book = bookOf([
    { keys: ["x"], content: "Told.", use_regex: true, selective: true, secondary_keys: ["never"] },
    { keys: ["never"], content: "Not told.", use_regex: true, constant: true },
  ]);
  expect(told(book, ["x"])).toEqual(["Told."]);
});

test("an entry that SillyTavern wrote has patterns in slashes only, whatever it says of its keys", () => {
  const extensions = { display_index: 0, selectiveLogic: 0 };
  const book = bookOf([
    { keys: ["Dr. Who?"], content: "Plain.", use_regex: true, extensions },
    { keys: ["/d\\w+r/i"], content: "Pattern.", use_regex: true, extensions },
    { keys: [], content: "Always.", use_regex: true, constant: true, extensions },
    {
      keys: ["doctor"],
      content: "Both.",
      use_regex: true,
      selective: true,
      secondary_keys: ["who"],
      extensions,
    },
  ]);
  expect(told(book, ["dr. who?"])).toEqual(["Plain.", "Always."]);
  expect(told(book, ["doctor who"])).toEqual(["Pattern.", "Always.", "Both."]);
});

test.each([
  [0, { a: false, "a b": true, "a b c": true }],
  [1, { a: true, "a b": true, "a b c": false }],
  [2, { a: true, "a b": false, "a b c": false }],
  [3, { a: false, "a b": false, "a b c": true }],
])("second keys count as SillyTavern's logic %d has it", (selectiveLogic, expected) => {
  const entry = { keys: ["a"], secondary_keys: ["b", "c"], selective: true, content: "Told." };
  const book = bookOf([{ ...entry, extensions: { selectiveLogic } }]);
  for (const [text, isTold] of Object.entries(expected)) {
    expect(told(book, [text]), text).toEqual(isTold ? ["Told."] : []);
  }
});

test("whole words are no parts of longer ones, where words are parted by spaces", () => {
  const whole = (key: string) =>
    bookOf([{ keys: [key], content: "Told.", extensions: { match_whole_words: true } }]);
  expect(told(whole("king"), ["not to my liking"])).toEqual([]);
  expect(told(whole("king"), ["a liking for the KING."])).toEqual(["Told."]);
  expect(told(whole("кот"), ["котлета"])).toEqual([]);
  expect(told(whole("猫"), ["黒猫がいる"])).toEqual(["Told."]);
  expect(told(whole("king"), ["thinking", "king"])).toEqual(["Told."]);
});

test("names in keys are those of the two, as plain texts in patterns too", () => {
  const settingsOf = (char: string) => ({ ...settings, names: { char, user: "Bob" } });
  const book = bookOf([
    { keys: ["{{user}}"], content: "Person." },
    { keys: ["/^{{char}}$/"], content: "Character." },
  ]);
  expect(matchLore(book, said(["hi bob"]), settingsOf("A")).afterDescription).toEqual(["Person."]);
  expect(matchLore(book, said(["A.B"]), settingsOf("A.B")).afterDescription).toEqual(["Character."]);
  expect(matchLore(book, said(["AxB"]), settingsOf("A.B")).afterDescription).toEqual([]);
});

test("decorators are taken off the text; those that are not known have no effect, which is said", () => {
  const book = bookOf([
    { keys: [], content: "@@activate\n@@dont_activate\n\nTold." },
    { keys: ["x"], constant: true, content: "@@dont_activate\nNot told." },
    { keys: ["x"], content: "@@is_greeting 1\n@@position scenario\nPlain." },
    { keys: ["x"], content: "@@some_app_only 1\n@@@exclude_keys y\nFallback." },
    { keys: ["x"], content: "@@additional_keys z, y\nMore." },
    { keys: ["x"], content: "@@additional_keys z\nNot without z." },
  ]);
  const { afterDescription, report } = matchLore(book, said(["x and y"]), settings);
  expect(afterDescription).toEqual(["Told.", "Plain.", "More."]);
  expect(report.notes).toEqual([
    { entry: 2, name: "x", problem: "decorators_ignored", what: ["is_greeting", "position"] },
  ]);
});

test("an entry may wait for the character's messages, and come with each so many", () => {
  const book = bookOf([
    { constant: true, content: "@@activate_only_after 3\nLate." },
    { constant: true, content: "@@activate_only_every 2\nEven." },
  ]);
  const at = (answers: number) => matchLore(book, said([], { answers }), settings).afterDescription;
  expect([1, 2, 3, 4].map(at)).toEqual([[], ["Even."], ["Late."], ["Late.", "Even."]]);
});

test("what is told at a depth is one message for each place and role, the oldest place first", () => {
  const at = (depth: number, role = 0) => ({ position: 4, depth, role });
  const book = bookOf([
    { constant: true, content: "a", extensions: at(0) },
    { constant: true, content: "b", extensions: at(4, 1) },
    { constant: true, content: "@@depth 4\n@@role user\nc" },
    { constant: true, content: "d", extensions: at(4) },
    { constant: true, content: "@@position before_desc\n@@depth 2\ne" },
  ]);
  expect(matchLore(book, said([]), settings)).toMatchObject({
    beforeDescription: ["e"],
    afterDescription: [],
    atDepth: [
      { depth: 4, role: "system", texts: ["d"] },
      { depth: 4, role: "user", texts: ["b", "c"] },
      { depth: 0, role: "system", texts: ["a"] },
    ],
  });
});

test("what comes by chance comes again for the same conversation, and in some share of all", () => {
  const extensions = { useProbability: true, probability: 30 };
  const book = bookOf([{ constant: true, content: "x", extensions }]);
  const come = (chat: number) =>
    matchLore(book, said([], { seed: `chat-${chat}` }), settings).afterDescription.length;
  const all = Array.from({ length: 400 }, (_, chat) => come(chat));
  expect(all).toEqual(Array.from({ length: 400 }, (_, chat) => come(chat)));
  const share = all.reduce((sum, each) => sum + each, 0) / all.length;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.4);
});

test("an entry may be called by others only, by none of them, or call none", () => {
  const book = bookOf(
    [
      { keys: ["ka"], content: "says kb and {{// kc}} and {{hidden_key:kd}}" },
      { keys: ["kb"], content: "Not by others.", extensions: { exclude_recursion: true } },
      {
        keys: ["kb", "ka"],
        content: "By others, says ke",
        extensions: { delay_until_recursion: true, prevent_recursion: true },
      },
      { keys: ["kc"], content: "A comment calls nothing." },
      { keys: ["kd"], content: "Hidden." },
      { keys: ["ke"], content: "Not called." },
    ],
    { recursive_scanning: true },
  );
  const { report } = matchLore(book, said(["ka!"]), settings);
  expect(report.told).toMatchObject([
    { entry: 0, reason: "key", key: "ka" },
    { entry: 2, reason: "recursion", key: "kb" },
    { entry: 4, reason: "recursion", key: "kd" },
  ]);
});

test("it is told which entries are told, by what, and how long they are, and which settings have no effect", () => {
  const extensions = { sticky: 3, position: 2, group: "", match_scenario: true, cooldown: 0 };
  const book = bookOf([
    { keys: ["tower", "{{user}}"], comment: "Tower", content: "Old." },
    { constant: true, name: "Law", content: "Always!", extensions },
  ]);
  expect(matchLore(book, said(["bob"]), settings).report).toEqual({
    told: [
      { entry: 0, name: "Tower", reason: "key", key: "{{user}}", tokens: 4 },
      { entry: 1, name: "Law", reason: "always", key: null, tokens: 7 },
    ],
    notes: [
      { entry: 1, name: "Law", problem: "settings_ignored", what: ["sticky", "match_scenario", "position"] },
    ],
  });
});

test("a book of any size is searched with bounded work, and what was not searched is said", () => {
  const entries = Array.from({ length: 5_000 }, (_, index) => ({
    keys: Array.from({ length: 3 }, (_, key) => `k${index}-${key}`),
    content: "x",
  }));
  const texts = Array.from({ length: 4 }, () => "nothing of it ".repeat(2_000));
  const { notes } = matchLore(bookOf(entries), said(texts), settings).report;
  expect(notes.length).toBeGreaterThan(0);
  expect(notes.every(({ problem }) => problem === "not_searched")).toBe(true);
});

test("an entry that others' words keep away is not told where these could not be searched for", () => {
  const key = `/[^x]${"y".repeat(990)}/`;
  const entry = { keys: ["x"], selective: true, secondary_keys: [key], content: "Told." };
  const book = bookOf([{ ...entry, extensions: { selectiveLogic: 2 } }]);
  const { report } = matchLore(book, said(Array(4).fill("x".repeat(20_000))), settings);
  expect(report).toMatchObject({ told: [], notes: [{ entry: 0, problem: "not_searched" }] });
  expect(told(book, ["x"])).toEqual(["Told."]);
});

test("no book whatever fails, the order never depends on the texts, and the budget is kept", () => {
  const entry = fc.record({
    keys: fc.array(fc.constantFrom("a", "b", "c", "")),
    content: fc.constantFrom("a", "says b", "@@activate\nc", "@@nonsense\nd", ""),
    insertion_order: fc.integer({ min: 0, max: 3 }),
    constant: fc.boolean(),
    selective: fc.boolean(),
    secondary_keys: fc.oneof(fc.constant(null), fc.constant(7), fc.array(fc.constantFrom("a", "b"))),
    priority: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant("high")),
    use_regex: fc.boolean(),
    extensions: fc.record(
      {
        selectiveLogic: fc.oneof(fc.nat(5), fc.constant("x")),
        probability: fc.nat(100),
        useProbability: fc.boolean(),
        position: fc.nat(7),
        match_whole_words: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  });
  fc.assert(
    fc.property(fc.array(entry), fc.array(fc.string()), fc.nat(20), (entries, texts, token_budget) => {
      const book = bookOf(entries, { token_budget, recursive_scanning: true });
      const { beforeDescription, afterDescription, atDepth } = matchLore(book, said(texts), settings);
      const all = [...beforeDescription, ...afterDescription, ...atDepth.flatMap((each) => each.texts)];
      expect(all.join("").length).toBeLessThanOrEqual(token_budget);
      expect(matchLore(book, said(texts), settings).afterDescription).toEqual(afterDescription);
    }),
  );
});

function told(book: Lorebook, texts: readonly string[]): string[] {
  const { beforeDescription, afterDescription } = matchLore(book, said(texts), settings);
  return [...beforeDescription, ...afterDescription];
}
