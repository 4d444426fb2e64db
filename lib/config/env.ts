import { z } from "zod";
import { signUpPolicies } from "@/lib/accounts/sign-up";
import { BootError } from "./boot-error";

const url = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .transform((text) => text.replace(/\/+$/, ""));
/** Its address is told to people, and a name and a password in it would be. */
const providerUrl = z
  .string()
  .refine(hasNoUser, { error: "must hold neither a name nor a password", abort: true })
  .pipe(url);
const key = z.string().trim().min(8, "is too short to be a key");
const port = z.coerce.number("must be a port number").int().min(0).max(65_535);

const seconds = z.coerce.number("must be a number of seconds").int().min(0).max(86_400);

// `maxDuration` of the routes that write answers: Vercel does not tell a function how long it may run.
const vercelSecondsMax = 300;

const encryptionKey = z.string().regex(/^[A-Za-z0-9+/_-]{43}=?$/, "must be 32 bytes in base64");
const eitherOnOrOff = z
  .enum(["on", "off"], { error: "must be on or off" })
  .transform((value) => value === "on");

function onOff(initial: boolean) {
  return eitherOnOrOff.default(initial);
}

const envSchema = z.object({
  APP_URL: url.optional(),
  HOST: z.string().default("localhost"),
  PORT: port.default(3000),
  TRUST_PROXY_HOPS: z.coerce.number("must be a number").int().min(0).max(10).default(0),
  SIGN_UP: z.enum(signUpPolicies, { error: `must be ${signUpPolicies.join(" or ")}` }).default("open"),
  GUESTS: eitherOnOrOff.optional(),
  RATE_LIMITS: onOff(true),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }).optional(),
  DATABASE_POOL_MAX: z.coerce.number("must be a number").int().min(1).max(200).default(10),
  DATABASE_PREPARE: onOff(true),
  DATABASE_LISTEN: onOff(true),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must be a redis:// URL" }).optional(),
  STOP_UNREAD_AFTER: seconds.default(0),
  FUNCTION_SECONDS_MAX: seconds.optional(),
  OPENROUTER_API_KEY: key.optional(),
  OPENROUTER_BASE_URL: providerUrl.default("https://openrouter.ai/api/v1"),
  OPENAI_API_KEY: key.optional(),
  OPENAI_BASE_URL: providerUrl.optional(),
  DEFAULT_MODEL: z.string().trim().max(200).optional(),
  TITLE_MODEL: z.string().trim().max(200).optional(),
  BETTER_AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  ENCRYPTION_KEY: encryptionKey.optional(),
  ENCRYPTION_KEY_OLD: z
    .string()
    .transform((text) => text.split(",").map((key) => key.trim()))
    .pipe(z.array(encryptionKey))
    .default([]),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "must be debug, info, warn, error or silent",
    })
    .default("info"),
});

/**
 * The configuration, from `process.env` or the like. An empty value counts as none. Throws a
 * `BootError` that names the variable, never its value.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    throw new BootError(`The configuration cannot be used: ${wrong.join("; ")}.`);
  }
  const env = parsed.data;
  const functionSecondsMax = env.FUNCTION_SECONDS_MAX ?? (given.VERCEL ? vercelSecondsMax : 0);
  return {
    appUrl: env.APP_URL ?? `http://localhost:${env.PORT}`,
    host: env.HOST,
    port: env.PORT,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    signUp: env.SIGN_UP,
    // Where nobody new is taken, a guest is somebody new.
    guests: env.GUESTS ?? env.SIGN_UP === "open",
    rateLimits: env.RATE_LIMITS,
    dataDir: env.DATA_DIR,
    database: env.DATABASE_URL
      ? {
          url: env.DATABASE_URL,
          poolMax: env.DATABASE_POOL_MAX,
          prepare: env.DATABASE_PREPARE,
          listen: env.DATABASE_LISTEN,
        }
      : null,
    redis: env.REDIS_URL ? { url: env.REDIS_URL } : null,
    stopUnreadAfterMs: env.STOP_UNREAD_AFTER > 0 ? env.STOP_UNREAD_AFTER * 1_000 : null,
    functionMsMax: functionSecondsMax > 0 ? functionSecondsMax * 1_000 : null,
    /** Also where people's own keys are used. */
    openrouterBaseUrl: env.OPENROUTER_BASE_URL,
    openrouter: env.OPENROUTER_API_KEY
      ? { apiKey: env.OPENROUTER_API_KEY, baseUrl: env.OPENROUTER_BASE_URL }
      : null,
    openai:
      env.OPENAI_API_KEY || env.OPENAI_BASE_URL
        ? { apiKey: env.OPENAI_API_KEY ?? null, baseUrl: env.OPENAI_BASE_URL ?? "https://api.openai.com/v1" }
        : null,
    defaultModel: env.DEFAULT_MODEL ?? null,
    /** `null`: questions are titles enough. Without a model of its own a chat is named by the one that answers in it. */
    titles: env.TITLE_MODEL === "off" ? null : { model: env.TITLE_MODEL ?? null },
    secrets: {
      auth: env.BETTER_AUTH_SECRET ?? null,
      encryption: env.ENCRYPTION_KEY ?? null,
      formerEncryption: env.ENCRYPTION_KEY_OLD,
    },
    logLevel: env.LOG_LEVEL,
  };
}

function hasNoUser(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

export type Env = ReturnType<typeof parseEnv>;
