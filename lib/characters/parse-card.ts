import type { z } from "zod";
import { isStorable } from "@/lib/api/storable-text";
import { type Card, cardDataSchema, isObject } from "./card";
import { cardProblem } from "./card-problem";
import { cardLimits } from "./limits";
import { cardEntryOf, isWorldEntry } from "./world-info/world-entry";

/** The fields of version 1, which later versions have inside `data`, and many programs on top as well. */
export const fieldsOfVersion1 = [
  "name",
  "description",
  "personality",
  "scenario",
  "first_mes",
  "mes_example",
] as const;

/**
 * A card of any version as one of version 3; what is not known is carried along where it stood, what is missing is
 * empty. Throws `not_a_card` with the field at fault, `too_deep`, and `bad_text` for a text that cannot be stored.
 *
 * Version 1: {@link https://github.com/malfoyslastname/character-card-spec-v2/blob/main/spec_v1.md}, version 2: the
 * same repository, version 3: {@link https://github.com/kwaroran/character-card-spec-v3}.
 */
export function parseCard(value: unknown): Card {
  requireBounded(value);
  if (!isObject(value)) throw notACard("", "is no object");
  requireKeepable(value);
  const { spec, spec_version, data, ...top } = value;
  if (isLorebook(value)) throw cardProblem("lorebook_alone");
  if (spec === undefined && data === undefined) return parseVersion1(top);
  if (spec !== undefined && spec !== "chara_card_v2" && spec !== "chara_card_v3") {
    throw notACard("spec", "names no version of a character card that is known here");
  }
  return {
    ...top,
    spec: "chara_card_v3",
    spec_version: spec === "chara_card_v3" && typeof spec_version === "string" ? spec_version : "3.0",
    data: requireData(withEntryList(data), "data."),
  };
}

export function parseCardText(json: string): Card {
  return parseCard(parseJson(json));
}

/** Some programs write the entries of a lorebook by name, as SillyTavern does in files of their own. */
function withEntryList(data: unknown): unknown {
  if (!isObject(data) || !isObject(data.character_book) || !isObject(data.character_book.entries))
    return data;
  const entries = Object.entries(data.character_book.entries).map(([id, entry]) =>
    isObject(entry) ? (isWorldEntry(entry) ? cardEntryOf(entry) : { id, ...entry }) : entry,
  );
  const listed = { ...data, character_book: { ...data.character_book, entries } };
  // What such an entry has aside lies deeper in a card's.
  requireBounded({ data: listed });
  return listed;
}

function isLorebook({ spec, data, entries, first_mes }: Record<string, unknown>): boolean {
  if (spec !== undefined || data !== undefined) return spec === "lorebook_v3";
  return typeof entries === "object" && entries !== null && typeof first_mes !== "string";
}

function parseVersion1(card: Record<string, unknown>): Card {
  const isCard = fieldsOfVersion1.some((field) => field !== "name" && typeof card[field] === "string");
  if (!isCard) throw notACard("", "has none of the fields of a character card");
  const names: ReadonlySet<string> = new Set(fieldsOfVersion1);
  const entries = Object.entries(card);
  const data = Object.fromEntries(entries.filter(([name]) => names.has(name)));
  return {
    ...Object.fromEntries(entries.filter(([name]) => !names.has(name))),
    spec: "chara_card_v3",
    spec_version: "3.0",
    data: requireData(data, ""),
  };
}

function requireData(data: unknown, prefix: string): Card["data"] {
  const parsed = cardDataSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw notACard(`${prefix}${issue?.path.join(".") ?? ""}`, reasonOf(issue));
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_type") return `is no ${issue.expected}`;
  return issue?.message ?? "is wrong";
}

export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw cardProblem("bad_json");
  }
}

/** Without recursion: what is nested deeper than the stack must not get as far as being stored. */
export function requireBounded(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > cardLimits.depthMax) throw cardProblem("too_deep", { depthMax: cardLimits.depthMax });
    const below: unknown[] = [];
    for (const each of level) {
      if (typeof each === "string" && !isStorable(each)) throw unstorable();
      if (typeof each !== "object" || each === null) continue;
      for (const [name, inner] of Object.entries(each)) {
        if (!isStorable(name)) throw unstorable();
        below.push(inner);
      }
    }
    level = below;
  }
}

/** Where fields have a form, the schema passes over one of this name: what would be lost is refused instead. */
function requireKeepable(card: Record<string, unknown>): void {
  const data = isObject(card.data) ? card.data : {};
  const book = isObject(data.character_book) ? data.character_book : {};
  const entries = typeof book.entries === "object" && book.entries !== null ? book.entries : [];
  const formed: [string, unknown][] = [
    ["", card],
    ["data.", data],
    ["data.character_book.", book],
    ...Object.entries(entries).map(([index, entry]): [string, unknown] => [
      `data.character_book.entries.${index}.`,
      entry,
    ]),
  ];
  for (const [path, fields] of formed) {
    if (!isObject(fields) || !Object.hasOwn(fields, "__proto__")) continue;
    throw notACard(`${path}__proto__`, "is a name that cannot be kept");
  }
}

function unstorable() {
  return cardProblem("bad_text", { reason: "a text holds a NUL or half a character" });
}

function notACard(field: string, reason: string) {
  return cardProblem("not_a_card", { field, reason });
}
