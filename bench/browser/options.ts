import { parseArgs } from "node:util";

export const measurements = ["load", "switching", "words", "long-chat"] as const;
export type MeasurementName = (typeof measurements)[number];

export type Options = ReturnType<typeof parseOptions>;

export const usage = `npm run measure -- [options]

  --only NAMES        ${measurements.join(", ")} (all)
  --messages N        of the long chat (2000)
  --seconds N         how long its megabyte takes to come, besides the one that comes at once (60)
  --profile FOLDER    keeps profiles of the page's processor time there, for DevTools
  --out FILE          all figures as JSON
  --strict            ends with 1 where a goal is not met`;

/** Throws with a sentence for what cannot be measured. */
export function parseOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: measurements.join(",") },
      messages: { type: "string", default: "2000" },
      seconds: { type: "string", default: "60" },
      profile: { type: "string" },
      out: { type: "string" },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return {
    isHelpWanted: values.help,
    only: values.only.split(",").map(measurementNamed),
    messages: wholeNumber(values.messages, "--messages", 10_000),
    seconds: wholeNumber(values.seconds, "--seconds", 600),
    profileFolder: values.profile ?? null,
    out: values.out ?? null,
    isStrict: values.strict,
  };
}

function measurementNamed(given: string): MeasurementName {
  const name = measurements.find((each) => each === given.trim());
  if (name) return name;
  throw new Error(`--only knows ${measurements.join(", ")}, and not ${given}.`);
}

function wholeNumber(text: string, option: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${option} takes whole numbers from 1 to ${most}, and not ${text}.`);
}
