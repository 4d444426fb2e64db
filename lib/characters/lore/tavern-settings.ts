import { isObject, type LoreEntry } from "@/lib/characters/card";

export const loreRoles = ["system", "user", "assistant"] as const;

export type LoreRole = (typeof loreRoles)[number];

/** How the second keys count: one of them, not all, none, all of them have to be there. */
export type SecondaryLogic = (typeof secondaryLogics)[number];

/** What SillyTavern keeps of an entry in its `extensions`. */
export interface TavernSettings {
  /**
   * It writes `use_regex` for every entry and means: keys in slashes are patterns. Read to the letter, most of its
   * cards would have no lore.
   */
  isWrittenByIt: boolean;
  secondaryLogic: SecondaryLogic;
  isCaseSensitive: boolean | null;
  wantsWholeWords: boolean;
  scanDepth: number | null;
  /** Of a hundred. */
  probability: number;
  isNotCalledByOthers: boolean;
  callsNoOthers: boolean;
  isOnlyCalledByOthers: boolean;
  ignoresBudget: boolean;
  /** So many messages before the end of the conversation. */
  inConversation: { depth: number; role: LoreRole } | null;
  /** Settings that are set and have no effect here. */
  ignored: string[];
}

export function tavernSettings({ extensions: settings }: LoreEntry): TavernSettings {
  const isOn = (name: string) => settings[name] === true;
  const number = (name: string) => wholeNumber(settings[name]);
  return {
    isWrittenByIt: marks.some((mark) => mark in settings),
    secondaryLogic: secondaryLogics[number("selectiveLogic") ?? 0] ?? "any",
    isCaseSensitive: typeof settings.case_sensitive === "boolean" ? settings.case_sensitive : null,
    wantsWholeWords: isOn("match_whole_words"),
    scanDepth: number("scan_depth"),
    probability: isOn("useProbability") ? (number("probability") ?? 100) : 100,
    isNotCalledByOthers: isOn("exclude_recursion"),
    callsNoOthers: isOn("prevent_recursion"),
    isOnlyCalledByOthers: isOn("delay_until_recursion") || (number("delay_until_recursion") ?? 0) > 0,
    ignoresBudget: isOn("ignore_budget"),
    inConversation:
      settings.position === tavernPositions.inConversation
        ? { depth: number("depth") ?? depthDefault, role: loreRoles[number("role") ?? 0] ?? "system" }
        : null,
    ignored: ignoredOf(settings),
  };
}

/** Names that nobody else writes. */
const marks = ["selectiveLogic", "exclude_recursion", "display_index", "useProbability"];
const secondaryLogics = ["any", "not-all", "none", "all"] as const;
const depthDefault = 4;

/** Its numbers for the places that there are here too. */
export const tavernPositions = { before: 0, after: 1, inConversation: 4 } as const;

const unusedSettings = [
  "group",
  "sticky",
  "cooldown",
  "delay",
  "vectorized",
  "triggers",
  "match_persona_description",
  "match_character_description",
  "match_character_personality",
  "match_character_depth_prompt",
  "match_scenario",
  "match_creator_notes",
];

function ignoredOf(settings: Record<string, unknown>): string[] {
  const { position } = settings;
  const isPlaced = typeof position !== "number" || Object.values<number>(tavernPositions).includes(position);
  return [...unusedSettings.filter((name) => isSet(settings[name])), ...(isPlaced ? [] : ["position"])];
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return (
    value === true ||
    (typeof value === "number" && value > 0) ||
    (typeof value === "string" && value !== "") ||
    (isObject(value) && Object.keys(value).length > 0)
  );
}

/** Of 0 and above. */
function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}
