import { t } from "@/lib/i18n/model-translator";
import { type ModelSettings, reasoningEfforts, routingSorts } from "@/lib/models/settings";

/** What the fields of the form hold: texts as they were typed. */
export type Fields = Record<(typeof fieldNames)[number], string>;

export const fieldNames = [
  "temperature",
  "topP",
  "maxOutputTokens",
  "reasoningEffort",
  "stop",
  "seed",
  "sort",
  "only",
  "ignore",
  "fallbackModels",
] as const;

export type Problems = Partial<Record<keyof Fields, string>>;

export function fieldsOf(settings: ModelSettings): Fields {
  const { routing = {} } = settings;
  const number = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    temperature: number(settings.temperature),
    topP: number(settings.topP),
    maxOutputTokens: number(settings.maxOutputTokens),
    reasoningEffort: settings.reasoningEffort ?? "",
    stop: (settings.stop ?? []).join("\n"),
    seed: number(settings.seed),
    sort: routing.sort ?? "",
    only: (routing.only ?? []).join(", "),
    ignore: (routing.ignore ?? []).join(", "),
    fallbackModels: (routing.fallbackModels ?? []).join("\n"),
  };
}

/** The settings that the fields mean, on top of what they do not show; or what is wrong with them. */
export function settingsIn(
  fields: Fields,
  switches: { zeroDataRetention: boolean; allowFallbacks: boolean },
  before: ModelSettings,
): { settings: ModelSettings } | { problems: Problems } {
  const problems: Problems = {};

  function number(name: keyof Fields, min: number, max: number, isWhole: boolean): number | undefined {
    const text = fields[name].trim().replace(",", ".");
    if (text === "") return undefined;
    const value = Number(text);
    const isFine =
      Number.isFinite(value) && value >= min && value <= max && (!isWhole || Number.isInteger(value));
    if (!isFine) problems[name] = t("parameter.outOfRange", { min, max });
    return value;
  }

  function list(name: keyof Fields, separator: RegExp, max: number): string[] | undefined {
    const items = fields[name]
      .split(separator)
      .map((item) => (name === "stop" ? item : item.trim()))
      .filter((item) => item.trim() !== "");
    if (items.length > max) problems[name] = t("parameter.tooMany", { max });
    return items.length > 0 ? items : undefined;
  }

  const routing = withoutUnset({
    sort: routingSorts.find((each) => each === fields.sort),
    only: list("only", /[,\s]+/, 50),
    ignore: list("ignore", /[,\s]+/, 50),
    zeroDataRetention: switches.zeroDataRetention || undefined,
    allowFallbacks: switches.allowFallbacks ? undefined : false,
    fallbackModels: list("fallbackModels", /\s+/, 5),
  });
  const settings = withoutUnset({
    ...before,
    temperature: number("temperature", 0, 2, false),
    topP: number("topP", 0, 1, false),
    maxOutputTokens: number("maxOutputTokens", 1, 1_000_000, true),
    reasoningEffort: reasoningEfforts.find((each) => each === fields.reasoningEffort),
    stop: list("stop", /\n/, 4),
    seed: number("seed", -seedMax, seedMax, true),
    routing: Object.keys(routing).length > 0 ? routing : undefined,
  });
  return Object.keys(problems).length > 0 ? { problems } : { settings };
}

// As far as numbers are exact.
const seedMax = Number.MAX_SAFE_INTEGER;

function withoutUnset<Values extends object>(values: Values): Values {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Values;
}
