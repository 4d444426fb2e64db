import { parseArgs } from "node:util";
import { type Engine, engines } from "./stage.ts";

export const usage = `npm run soak -- [options]

  --engine NAME     ${engines.join(", ")} (redis, with PostgreSQL behind it)
  --instances N     servers; PGlite has one (3)
  --chats N         chats that go on while servers end (200)
  --minutes N       how long servers are ended for (0.5)
  --seed N          repeats the questions and deeds of a run (another one each time)
  --out FILE        all figures and findings as JSON`;

/** Throws with a sentence for what cannot be run. */
export function parseOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: "string", default: "redis" },
      instances: { type: "string", default: "3" },
      chats: { type: "string", default: "200" },
      minutes: { type: "string", default: "0.5" },
      seed: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  return {
    isHelpWanted: values.help,
    engine: engineNamed(values.engine),
    instances: wholeNumber(values.instances, "--instances", 20),
    chats: wholeNumber(values.chats, "--chats", 5_000),
    chaosMs: minutes(values.minutes) * 60_000,
    seed:
      values.seed === undefined ? Math.floor(Math.random() * 1e9) : wholeNumber(values.seed, "--seed", 1e9),
    out: values.out ?? null,
  };
}

function engineNamed(name: string): Engine {
  const found = engines.find((engine) => engine === name);
  if (found) return found;
  throw new Error(`--engine knows ${engines.join(", ")}, and not ${name}.`);
}

function wholeNumber(text: string, option: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${option} takes whole numbers from 1 to ${most}, and not ${text}.`);
}

function minutes(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 24 * 60) return value;
  throw new Error(`--minutes takes a number up to ${24 * 60}, and not ${text}.`);
}
