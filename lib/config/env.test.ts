import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BootError } from "./boot-error";
import { parseEnv } from "./env";

test("nothing set is a working configuration: embedded database, offline assistant, this machine only", () => {
  expect(parseEnv({})).toMatchObject({
    appUrl: "http://localhost:3000",
    database: null,
    openrouter: null,
    openai: null,
    signUp: "open",
    trustProxyHops: 0,
  });
});

test("where sign-up is closed guests are not taken either, unless that is asked for", () => {
  expect(parseEnv({}).guests).toBe(true);
  expect(parseEnv({ GUESTS: "off" }).guests).toBe(false);
  expect(parseEnv({ SIGN_UP: "closed" }).guests).toBe(false);
  expect(parseEnv({ SIGN_UP: "closed", GUESTS: "on" }).guests).toBe(true);
});

test("an empty value counts as none", () => {
  expect(parseEnv({ OPENROUTER_API_KEY: "", DATABASE_URL: " " })).toEqual(parseEnv({}));
});

test("on Vercel a function is taken to run as long as the routes ask for, and elsewhere without limit", () => {
  const routes = ["", "[chatId]/continue/", "[chatId]/stream/"].map((path) =>
    readFileSync(new URL(`../../app/api/chat/${path}route.ts`, import.meta.url), "utf8"),
  );
  const seconds = routes.map((source) => Number(/maxDuration = (\d+);/.exec(source)?.[1]));
  expect(seconds.map((each) => each * 1_000)).toEqual(Array(3).fill(parseEnv({ VERCEL: "1" }).functionMsMax));
  expect(parseEnv({ VERCEL: "1", FUNCTION_SECONDS_MAX: "800" }).functionMsMax).toBe(800_000);
  expect(parseEnv({}).functionMsMax).toBeNull();
});

test("an OpenAI-compatible server needs no key", () => {
  expect(parseEnv({ OPENAI_BASE_URL: "http://localhost:11434/v1/" }).openai).toEqual({
    apiKey: null,
    baseUrl: "http://localhost:11434/v1",
  });
});

test.each([
  ["APP_URL", "chat.example.org"],
  ["PORT", "http"],
  ["SIGN_UP", "maybe"],
  ["RATE_LIMITS", "sometimes"],
  ["DATABASE_URL", "mysql://localhost/parley"],
  ["TRUST_PROXY_HOPS", "-1"],
  ["BETTER_AUTH_SECRET", "much-too-short"],
  ["ENCRYPTION_KEY", "not-32-bytes"],
  ["ENCRYPTION_KEY_OLD", "not-32-bytes,"],
  ["LOG_LEVEL", "loud"],
  ["STOP_UNREAD_AFTER", "soon"],
  ["FUNCTION_SECONDS_MAX", "-1"],
])("a wrong %s stops the boot, and the sentence names it without its value", (name, value) => {
  const failure = failureOf(() => parseEnv({ [name]: value }));
  expect(failure).toBeInstanceOf(BootError);
  expect(failure.message).toContain(name);
  expect(failure.message).not.toContain(value);
});

test.each(["OPENAI_BASE_URL", "OPENROUTER_BASE_URL"])(
  "a name or a password in %s stops the boot, for its address is told to people",
  (name) => {
    for (const user of ["ada:secret", "ada", ":secret"]) {
      const value = `https://${user}@models.example/v1`;
      const failure = failureOf(() => parseEnv({ [name]: value }));
      expect(failure).toBeInstanceOf(BootError);
      expect(failure.message).toContain(name);
      expect(failure.message).not.toMatch(/secret|ada|models\.example/);
    }
  },
);

test("former encryption keys are separated by commas", () => {
  const keys = [1, 2].map((byte) => Buffer.alloc(32, byte).toString("base64"));
  expect(parseEnv({ ENCRYPTION_KEY_OLD: keys.join(", ") }).secrets.formerEncryption).toEqual(keys);
});

test("the example file explains every variable and gives what it says is the default", () => {
  const example = readFileSync(new URL("../../.env.local.example", import.meta.url), "utf8");
  const assigned = example.split("\n").flatMap((line) => /^([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const pairs = Object.fromEntries(
    assigned.flatMap((name, i) => (i % 2 === 0 ? [[name, assigned[i + 1] ?? ""]] : [])),
  );
  const source = readFileSync(new URL("./env.ts", import.meta.url), "utf8");
  const known = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
  expect(Object.keys(pairs).sort()).toEqual(known.sort());
  expect(parseEnv(pairs)).toEqual({ ...parseEnv({}), defaultModel: "deepseek/deepseek-r1-0528:free" });
});

function failureOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
