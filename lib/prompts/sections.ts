import type { PromptMessage } from "@/lib/models/provider";
import { aboutTexts } from "./about-texts";
import { createPlaceholderRoom, fillPlaceholders } from "./placeholders";
import type { PromptCharacter, PromptProfile } from "./prompt-character";
import { type PromptSection, type PromptSettings, promptSections } from "./prompt-settings";

/** One text of the prompt that is no message of the conversation, as the model is told it. */
export interface Section {
  kind: PromptSection | "post";
  /** Whose text it is. */
  source: "installation" | "person" | "character" | "profile";
  text: string;
}

export interface SectionParts {
  installation: PromptSettings;
  person: PromptSettings;
  character: PromptCharacter | null;
  profile: PromptProfile | null;
  /** The model's name, for `{{model}}`. */
  model: string;
  /** What `{{date}}` and its like say. */
  moment: Readonly<Record<string, string>>;
  /** The chat's id: choices at random stay the same over a chat. */
  seed: string;
}

/** What is told within the conversation, before its newest so many messages. */
export interface Interjection {
  depth: number;
  role: PromptMessage["role"];
  text: string;
}

/** What is told before the conversation and what before its newest question, each to be joined with the separator. */
export interface Sections {
  before: Section[];
  after: Section[];
  /** The oldest place first. */
  within: Interjection[];
  separator: string;
}

/**
 * The sections in the person's order; empty ones are not there. The installation's pre prompt comes first in its
 * section and its post prompt first in its own, and the person cannot switch them off. The installation's system
 * prompt holds where the person has none. A character's system prompt stands in the place of that, and its post
 * prompt in the place of the person's: `{{original}}` in them is what they replace.
 */
export function buildSections(parts: SectionParts): Sections {
  const { installation, person, character } = parts;
  const names = namesOf(parts);
  const { seed } = parts;
  const room = createPlaceholderRoom();
  const about = aboutTexts(parts, { names, seed, room });
  const fill = (text: string, { isCard = false, original }: { isCard?: boolean; original?: string } = {}) => {
    const texts = { ...names, ...about, ...(original !== undefined && { original }) };
    return fillPlaceholders(text, { texts, seed, room }, { isCard });
  };
  const section = (kind: Section["kind"], source: Section["source"], text: string): Section[] =>
    text.trim() === "" ? [] : [{ kind, source, text }];

  const whole = character && portray({ ...character, ...about }, (text) => fill(text, { isCard: true }));

  /** What the character says in place of the person's, or that. */
  function replaced(kind: "system" | "post", own: string, source: Section["source"], by: string): Section[] {
    const original = fill(own);
    if (by.trim() === "") return section(kind, source, original);
    return section(kind, "character", fill(by, { isCard: true, original }));
  }

  const isOn = (kind: Section["kind"]) => !person.off.includes(kind);
  const sections: Record<PromptSection, () => Section[]> = {
    pre: () => [
      ...(installation.off.includes("pre")
        ? []
        : section("pre", "installation", fill(installation.preSystemPrompt))),
      ...(isOn("pre") ? section("pre", "person", fill(person.preSystemPrompt)) : []),
    ],
    system() {
      if (!isOn("system")) return [];
      const isOwn = person.systemPrompt.trim() !== "" || installation.off.includes("system");
      const own = isOwn ? person.systemPrompt : installation.systemPrompt;
      return replaced("system", own, isOwn ? "person" : "installation", character?.systemPrompt ?? "");
    },
    character: () => (isOn("character") && whole !== null ? section("character", "character", whole) : []),
    profile: () => (isOn("profile") ? section("profile", "profile", about.persona) : []),
  };
  const post = isOn("post")
    ? replaced("post", person.postSystemPrompt, "person", character?.postSystemPrompt ?? "")
    : [];
  return {
    before: orderOf(person).flatMap((kind) => sections[kind]()),
    after: [
      ...(installation.off.includes("post")
        ? []
        : section("post", "installation", fill(installation.postSystemPrompt))),
      ...post,
    ],
    within:
      isOn("character") && character
        ? interjectionsOf(character, (text) => fill(text, { isCard: true }))
        : [],
    separator: person.separator,
  };
}

function interjectionsOf({ lore }: PromptCharacter, fill: (text: string) => string): Interjection[] {
  return lore.atDepth.flatMap(({ depth, role, texts }) => {
    const text = texts
      .map(fill)
      .filter((each) => each.trim() !== "")
      .join("\n\n");
    // An answer that ends the prompt would be gone on with, and some models refuse it.
    return text === "" ? [] : { depth, role: depth === 0 && role === "assistant" ? "system" : role, text };
  });
}

/** `null` where there is nothing to be said. */
export function joinSections(sections: readonly Section[], separator: string): string | null {
  return sections.length === 0 ? null : sections.map(({ text }) => text).join(separator);
}

/** As the person has put them, each once. */
export function orderOf({ order }: Pick<PromptSettings, "order">): PromptSection[] {
  return [...new Set([...order, ...promptSections])];
}

function namesOf({ character, profile, model, moment }: SectionParts): Record<string, string> {
  return { ...moment, char: character?.name || "Assistant", user: profile?.name || "User", model };
}

/**
 * What a character is: lore that belongs before the description, description, personality, scenario, lore that
 * belongs after them, and the example dialogue, parted by an empty line. That is SillyTavern's order, with its
 * words before the personality and the scenario. Of these three the placeholders are filled in already.
 */
function portray(character: PromptCharacter, fill: (text: string) => string): string {
  const headed = (head: string, text: string) => (text.trim() === "" ? "" : `${head}${text}`);
  const whole = [
    ...character.lore.beforeDescription.map(fill),
    character.description,
    headed(`${character.name}'s personality: `, character.personality),
    headed("Scenario: ", character.scenario),
    ...character.lore.afterDescription.map(fill),
    headed("Example dialogue:\n", fill(character.exampleDialogue)),
  ];
  return whole.filter((text) => text.trim() !== "").join("\n\n");
}
