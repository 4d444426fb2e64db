import { isObject, type LoreEntry } from "@/lib/characters/card";
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
    keysecondary: Array.isArray(entry.secondary_keys) ? entry.secondary_keys : [],
    comment: textOf(entry.name) || textOf(entry.comment),
    content: entry.content,
    constant: entry.constant === true,
    selective: entry.selective === true,
    order: entry.insertion_order,
    position: entry.position === "before_char" ? 0 : 1,
    disable: !entry.enabled,
    ...Object.fromEntries(named),
    ...(typeof entry.case_sensitive === "boolean" && { caseSensitive: entry.case_sensitive }),
    ...(others.length > 0 && { extensions: Object.fromEntries(others) }),
    ...(isObject(aside) ? aside : {}),
  };
}

/** Among the `extensions` of an entry or a book: what SillyTavern has and a card has no place for. */
export const asideName = "world_info";

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
