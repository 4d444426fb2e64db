import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "@/bin/root.mjs";

export const scenarios = ["load", "durable", "reconnect", "idle", "takeover", "statements"] as const;
export type Scenario = (typeof scenarios)[number];

export const targetNames = ["floor", "passthrough", "parley"] as const;
export type TargetName = (typeof targetNames)[number];

export type Options = ReturnType<typeof parseOptions>;

export const usage = `npm run bench -- [options]

  --scenario NAMES      ${scenarios.join(", ")} (load)
  --concurrency LIST    chats at once (1,20,100,500,1000)
  --interval LIST       milliseconds between two tokens (10,50)
  --tokens N            tokens an answer (200)
  --targets NAMES       ${targetNames.join(", ")} (all)
  --url URL             one more server on this machine, which must ask the model at --model-port; may be repeated
  --model-port N        where the scripted model listens (a free port)
  --database URL        PostgreSQL for Parley; "throw-away" starts one (the embedded database)
  --checkout FOLDER     the Parley that is measured (this one)
  --profile FOLDER      keeps a profile of Parley's processor time there
  --out FILE            all figures as JSON`;

/** Throws with a sentence for what cannot be measured. */
export function parseOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: "string", default: "load" },
      concurrency: { type: "string", default: "1,20,100,500,1000" },
      interval: { type: "string", default: "10,50" },
      tokens: { type: "string", default: "200" },
      targets: { type: "string", default: targetNames.join(",") },
      url: { type: "string", multiple: true, default: [] },
      "model-port": { type: "string" },
      database: { type: "string" },
      checkout: { type: "string", default: root },
      profile: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  return {
    isHelpWanted: values.help,
    scenarios: names(values.scenario, scenarios, "--scenario"),
    concurrency: numbers(values.concurrency, "--concurrency", 2_000),
    intervalsMs: numbers(values.interval, "--interval", 10_000),
    tokens: number(values.tokens, "--tokens", 20_000),
    targets: values.targets === "" ? [] : names(values.targets, targetNames, "--targets"),
    urls: values.url.map(localUrl),
    modelPort:
      values["model-port"] === undefined ? null : number(values["model-port"], "--model-port", 65_535),
    database: values.database ?? null,
    checkout: fromHere(values.checkout),
    profileFolder: values.profile === undefined ? null : fromHere(values.profile),
    out: values.out === undefined ? null : fromHere(values.out),
  };
}

function names<Name extends string>(text: string, known: readonly Name[], option: string): Name[] {
  return text.split(",").map((given) => {
    const name = known.find((each) => each === given.trim());
    if (name === undefined) throw new Error(`${option} knows ${known.join(", ")}, and not ${given}.`);
    return name;
  });
}

function numbers(text: string, option: string, most: number): number[] {
  return text.split(",").map((each) => number(each, option, most));
}

function number(text: string, option: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new Error(`${option} takes whole numbers up to ${most}, and not ${text}.`);
}

/** Load for a server of somebody else is an attack. */
function localUrl(text: string): URL {
  const url = new URL(text);
  if (["127.0.0.1", "localhost"].includes(url.hostname) && url.port !== "") {
    url.hostname = "127.0.0.1";
    return url;
  }
  throw new Error(`--url takes servers on this machine, such as http://127.0.0.1:3000, and not ${text}.`);
}

function fromHere(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
