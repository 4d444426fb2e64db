import fc from "fast-check";
import { expect, test } from "vitest";
import type { PromptCharacter } from "./prompt-character";
import { type PromptSettings, promptSections, promptSettingsSchema } from "./prompt-settings";
import { buildSections, joinSections, type SectionParts } from "./sections";

test("the sections are joined with the separator, to the byte", () => {
  const sections = build({
    person: { preSystemPrompt: "Pre.", systemPrompt: "System.", postSystemPrompt: "Post." },
    character: { description: "A pilot." },
    profile: { description: "A reader." },
  });
  expect(joined(sections)).toEqual(["Pre.\n---\nSystem.\n---\nA pilot.\n---\nA reader.", "Post."]);
});

test("what is empty leaves no separator, and nothing at all is no message", () => {
  expect(joined(build({ person: { systemPrompt: "System." }, profile: { description: " \n" } }))).toEqual([
    "System.",
    null,
  ]);
  expect(joined(build({}))).toEqual([null, null]);
});

test("blanks and line breaks of a text stay as they were written", () => {
  expect(joined(build({ person: { preSystemPrompt: "\n a \n", systemPrompt: "\tb " } }))[0]).toBe(
    "\n a \n\n---\n\tb ",
  );
});

test("however often a card names a long text, what is put in is bounded over the whole prompt", () => {
  const description = "d".repeat(100_000);
  const beforeDescription = Array.from({ length: 500 }, () => "{{description}}");
  const lore = { beforeDescription, afterDescription: beforeDescription, atDepth: [] };
  const [before] = joined(build({ character: { description, scenario: "{{char}}", lore } }));
  expect(before?.length).toBeLessThan(1_300_000);
  expect(before?.split(description).length).toBeGreaterThan(9);
  expect(before).toContain("{{description}}");
});

test("the installation comes first before and after, and cannot be switched off by the person", () => {
  const sections = build({
    installation: { preSystemPrompt: "House rules.", postSystemPrompt: "House end." },
    person: {
      preSystemPrompt: "Mine.",
      postSystemPrompt: "My end.",
      off: ["pre"],
    },
  });
  expect(joined(sections)).toEqual(["House rules.", "House end.\n---\nMy end."]);
});

test("what the person has switched off is not sent, nor what a character says in its place", () => {
  const installation = { postSystemPrompt: "House end." };
  const person = { systemPrompt: "System.", postSystemPrompt: "End." };
  const character = { systemPrompt: "Play.", postSystemPrompt: "Stay." };
  expect(joined(build({ person: { ...person, off: ["post"] } }))).toEqual(["System.", null]);
  expect(joined(build({ person: { ...person, off: ["post"] }, character }))).toEqual(["Play.", null]);
  expect(joined(build({ installation, person: { ...person, off: ["post"] }, character }))).toEqual([
    "Play.",
    "House end.",
  ]);
  expect(joined(build({ person: { ...person, off: ["system"] }, character }))).toEqual([null, "Stay."]);
});

test("what the installation has switched off is not sent to anybody, and everybody's own is", () => {
  const texts = { preSystemPrompt: "House rules.", systemPrompt: "House.", postSystemPrompt: "House end." };
  const without = (off: PromptSettings["off"], rest: Omit<Some, "installation"> = {}) =>
    joined(build({ installation: { ...texts, off }, ...rest }));
  expect(without([])).toEqual(["House rules.\n---\nHouse.", "House end."]);
  expect(without(["pre"])).toEqual(["House.", "House end."]);
  expect(without(["system"])).toEqual(["House rules.", "House end."]);
  expect(without(["post"])).toEqual(["House rules.\n---\nHouse.", null]);
  const all: PromptSettings["off"] = ["pre", "system", "post"];
  expect(without(all)).toEqual([null, null]);
  const person = { preSystemPrompt: "Mine.", systemPrompt: "System.", postSystemPrompt: "End." };
  expect(without(all, { person })).toEqual(["Mine.\n---\nSystem.", "End."]);
  const character = { systemPrompt: "[{{original}}] Play.", postSystemPrompt: "[{{original}}] Stay." };
  expect(without(all, { character })).toEqual(["[] Play.", "[] Stay."]);
});

test("the installation's system prompt holds where the person has none", () => {
  const installation = { systemPrompt: "House." };
  expect(joined(build({ installation }))[0]).toBe("House.");
  expect(joined(build({ installation, person: { systemPrompt: "Mine." } }))[0]).toBe("Mine.");
});

test("a character's own prompts stand in the place of the person's, which {{original}} is", () => {
  const person = { systemPrompt: "I am {{user}}. {{original}}", postSystemPrompt: "End." };
  const profile = { name: "Bob {{char}}", description: "" };
  const character = { name: "Ada", systemPrompt: "[{{original}}] as <BOT>", postSystemPrompt: "New end." };
  expect(joined(build({ person, profile, character }))).toEqual([
    "[I am Bob {{char}}. {{original}}] as Ada",
    "New end.",
  ]);
});

test("a character is told in SillyTavern's order, and only what it has", () => {
  const character = {
    name: "Ada",
    description: "{{char}} flies.",
    personality: "bold",
    scenario: "a hangar",
    exampleDialogue: "<START>\n{{user}}: Hi",
    lore: { beforeDescription: ["Planes are rare."], afterDescription: ["The war is over."], atDepth: [] },
  };
  expect(joined(build({ character }))[0]).toBe(
    "Planes are rare.\n\nAda flies.\n\nAda's personality: bold\n\nScenario: a hangar\n\nThe war is over.\n\nExample dialogue:\n<START>\nUser: Hi",
  );
  expect(joined(build({ character: { description: "Only this." } }))[0]).toBe("Only this.");
});

test("what is told in the conversation has its names filled in, and never ends a prompt as an answer", () => {
  const lore = {
    beforeDescription: [],
    afterDescription: [],
    atDepth: [
      { depth: 4, role: "assistant" as const, texts: ["{{char}} hums.", "{{// empty}}", "It rains."] },
      { depth: 2, role: "user" as const, texts: ["{{noop}}"] },
      { depth: 0, role: "assistant" as const, texts: ["<USER> nods."] },
    ],
  };
  expect(build({ character: { lore } }).within).toEqual([
    { depth: 4, role: "assistant", text: "Ada hums.\n\nIt rains." },
    { depth: 0, role: "system", text: "User nods." },
  ]);
  expect(build({ character: { lore }, person: { off: ["character"] } }).within).toEqual([]);
});

test("a character's and a profile's texts may name each other, once", () => {
  const character = {
    description: "{{char}} knows {{persona}}",
    personality: "bold in {{scenario}}",
    scenario: "a hangar of {{personality}}",
    exampleDialogue: "{{scenario}}!",
    lore: {
      beforeDescription: ["Lore: {{persona}}"],
      afterDescription: ["After {{personality}}"],
      atDepth: [],
    },
  };
  const profile = { description: "{{user}}, who reads {{description}}" };
  expect(joined(build({ character, profile, person: { systemPrompt: "{{scenario}}" } }))[0]).toBe(
    [
      "a hangar of bold in {{scenario}}",
      [
        "Lore: Bob, who reads Ada knows {{persona}}",
        "Ada knows Bob, who reads {{description}}",
        "Ada's personality: bold in a hangar of {{personality}}",
        "Scenario: a hangar of bold in {{scenario}}",
        "After bold in a hangar of {{personality}}",
        "Example dialogue:\na hangar of bold in {{scenario}}!",
      ].join("\n\n"),
      "Bob, who reads Ada knows {{persona}}",
    ].join("\n---\n"),
  );
});

test("texts that name each other very often do not grow without bound", () => {
  const text = "{{scenario}}".repeat(20_000);
  const { before } = build({ character: { description: text, personality: text, scenario: text } });
  expect(before[0]?.text.length).toBeLessThan(10_000_000);
});

test("no section is lost, told twice or out of the person's order", () => {
  const text = fc.stringMatching(/^[a-zA-Z \n]{0,20}$/);
  const kinds = fc.shuffledSubarray([...promptSections]);
  const off = fc.subarray([...promptSections]);
  const separator = fc.string({ maxLength: 5 });
  fc.assert(
    fc.property(
      text,
      text,
      text,
      text,
      kinds,
      off,
      separator,
      (pre, system, card, profile, order, off, sep) => {
        const sections = build({
          person: { preSystemPrompt: pre, systemPrompt: system, order, off, separator: sep },
          character: { description: card },
          profile: { description: profile },
        });
        const byKind = { pre, system, character: card, profile };
        const full = [...order, ...promptSections.filter((kind) => !order.includes(kind))];
        const expected = full.filter((kind) => !off.includes(kind) && byKind[kind].trim() !== "");
        expect(sections.before.map(({ kind }) => kind)).toEqual(expected);
        const whole = expected.length === 0 ? null : expected.map((kind) => byKind[kind]).join(sep);
        expect(joinSections(sections.before, sections.separator)).toBe(whole);
      },
    ),
  );
});

type Some = {
  installation?: object;
  person?: object;
  character?: Partial<PromptCharacter>;
  profile?: { name?: string; description: string };
};

function build({ installation = {}, person = {}, character, profile }: Some) {
  const parts: SectionParts = {
    installation: promptSettingsSchema.parse(installation),
    person: promptSettingsSchema.parse(person),
    character: character ? { ...blank, ...character } : null,
    profile: profile ? { id: "p", name: "Bob", ...profile } : null,
    model: "A Model",
    moment: { date: "today" },
    seed: "chat",
  };
  return buildSections(parts);
}

function joined({ before, after, separator }: ReturnType<typeof build>) {
  return [joinSections(before, separator), joinSections(after, separator)];
}

const blank: PromptCharacter = {
  id: "c",
  name: "Ada",
  description: "",
  personality: "",
  scenario: "",
  exampleDialogue: "",
  systemPrompt: "",
  postSystemPrompt: "",
  lore: { beforeDescription: [], afterDescription: [], atDepth: [] },
};
