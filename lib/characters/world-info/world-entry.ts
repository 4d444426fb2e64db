import { isObject, type LoreEntry } from "@/lib/characters/card";
import { secondaryKeysOf } from "@/lib/characters/lore/lore-entry";
import { slashedPattern } from "@/lib/characters/lore/pattern-reader";
import { tavernSettings } from "@/lib/characters/lore/tavern-settings";
import { worldFields } from "./world-fields";

/** An entry as SillyTavern keeps it in files of their own. */
export function isWorldEntry(entry: Record<string, unknown>): boolean {
  return "key" in entry && !("keys" in entry);
}

/**
 * The same as an entry of a card, with SillyTavern's settings where it has them in cards; what it has in neither
 * place is kept aside.
 */
export function cardEntryOf(world: Record<string, unknown>): Record<string, unknown> {
  const {
    uid,
    key,
    keysecondary,
    comment,
    content,
    constant,
    selective,
    order,
    disable,
    extensions,
    [cardAsideName]: cardAside,
    ...rest
  } = world;
  const settings: [string, unknown][] = [];
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(rest)) {
    const setting = worldFields.get(name);
    if (setting) settings.push([setting, value]);
    else others.push([name, value]);
  }
  const position = settings.find(([name]) => name === "position")?.[1];
  const caseSensitive = rest.caseSensitive;
  return withoutUndefined({
    id: uid,
    keys: key,
    secondary_keys: keysecondary,
    comment,
    content,
    constant,
    selective,
    insertion_order: order,
    enabled: disable !== true,
    position: position === 0 ? "before_char" : "after_char",
    use_regex: true,
    case_sensitive: typeof caseSensitive === "boolean" ? caseSensitive : undefined,
    extensions: {
      ...(isObject(extensions) ? extensions : {}),
      // By this SillyTavern's entries are known.
      selectiveLogic: 0,
      ...Object.fromEntries(settings),
      ...(others.length > 0 && { [asideName]: Object.fromEntries(others) }),
    },
    ...(isObject(cardAside) && cardFieldsIn(cardAside, comment)),
  });
}

/** The way back, with SillyTavern's defaults for what a card's entry does not say. */
export function worldEntryOf(entry: LoreEntry, uid: number): Record<string, unknown> {
  const { [asideName]: aside, ...settings } = entry.extensions;
  const worldNames = new Map([...worldFields].map(([world, setting]) => [setting, world]));
  const named: [string, unknown][] = [];
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(settings)) {
    const world = worldNames.get(name);
    if (world) named.push([world, value]);
    else others.push([name, value]);
  }
  const { isWrittenByIt } = tavernSettings(entry);
  const hasPatternsOnly = entry.use_regex === true && !isWrittenByIt;
  return {
    ...worldDefaults(uid),
    uid,
    key: hasPatternsOnly
      ? entry.keys.map((key) => inSlashes(key, entry.case_sensitive === true))
      : entry.keys,
    keysecondary: Array.isArray(entry.secondary_keys) ? entry.secondary_keys : secondaryKeysOf(entry),
    comment: titleOf(entry),
    content: entry.content,
    // Beside patterns these two do not count, and in world info they would.
    constant: entry.constant === true && !hasPatternsOnly,
    selective: entry.selective === true && !hasPatternsOnly,
    order: entry.insertion_order,
    position: entry.position === "before_char" ? 0 : 1,
    disable: !entry.enabled,
    ...Object.fromEntries(named),
    ...(typeof entry.case_sensitive === "boolean" && { caseSensitive: entry.case_sensitive }),
    ...(others.length > 0 && { extensions: Object.fromEntries(others) }),
    ...(isObject(aside) ? aside : {}),
    ...cardAsideOf(entry, uid),
  };
}

/** Among the `extensions` of an entry or a book: what SillyTavern has and a card has no place for. */
export const asideName = "world_info";

/** Among an entry of world info: what a card's entry has and SillyTavern has no place for. */
const cardAsideName = "card_entry";

const placed = [
  "keys",
  "secondary_keys",
  "content",
  "constant",
  "selective",
  "insertion_order",
  "enabled",
  "use_regex",
  "extensions",
];

function cardAsideOf(entry: LoreEntry, uid: number): Record<string, unknown> {
  const { id, comment, position, case_sensitive, ...rest } = entry;
  const others = withoutUndefined({
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !placed.includes(name))),
    id: id === uid ? undefined : id,
    comment: rest.name === undefined && comment === titleOf(entry) ? undefined : comment,
    position: position === "before_char" || position === "after_char" ? undefined : position,
    case_sensitive: typeof case_sensitive === "boolean" ? undefined : case_sensitive,
  });
  return Object.keys(others).length > 0 ? { [cardAsideName]: others } : {};
}

/** What was named anew since keeps its new name. */
function cardFieldsIn(aside: Record<string, unknown>, title: unknown): Record<string, unknown> {
  const { name, comment, ...rest } = aside;
  return title === titleOf(aside) ? aside : rest;
}

function titleOf({ name, comment }: Record<string, unknown>): string {
  return textOf(name) || textOf(comment);
}

function worldDefaults(uid: number) {
  return {
    vectorized: false,
    selectiveLogic: 0,
    addMemo: true,
    excludeRecursion: false,
    preventRecursion: false,
    delayUntilRecursion: false,
    probability: 100,
    useProbability: true,
    depth: 4,
    group: "",
    groupOverride: false,
    groupWeight: 100,
    scanDepth: null,
    caseSensitive: null,
    matchWholeWords: null,
    useGroupScoring: null,
    automationId: "",
    role: 0,
    sticky: 0,
    cooldown: 0,
    delay: 0,
    displayIndex: uid,
  };
}

function inSlashes(key: string, isCaseSensitive: boolean): string {
  return slashedPattern(key) ? key : `/${key.replace(/(?<!\\)\//g, "\\/")}/${isCaseSensitive ? "" : "i"}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
