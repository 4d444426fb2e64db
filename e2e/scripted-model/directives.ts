import { type Directive, DirectiveError, directiveBlocks } from "./directive-blocks.ts";
import { isErrorName } from "./errors.ts";
import type { ErrorScript, Failure, Script, TextSource } from "./script.ts";

type Apply = (script: Script, value: string | null, key: string) => Partial<Script>;

/**
 * Every directive, by key. One entry changes the script that the entries before it made;
 * the README has a row for each.
 */
export const directives: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ["tokens", (script, value, key) => ({ tokens: count(value, key), ...wordsUnlessChosen(script) })],
  ["text", (_, value) => ({ text: textSource(value) })],
  ["say", (_, value) => ({ text: { kind: "literal", text: value ?? "" } })],
  ["reasoning", (_, value, key) => ({ reasoningTokens: count(value, key) })],
  ["interval", (_, value, key) => ({ intervalMs: milliseconds(value, key) })],
  ["delay", (_, value, key) => ({ delayMs: count(value, key) })],
  ["end-delay", (_, value, key) => ({ endDelayMs: count(value, key) })],
  ["hold", (_, value, key) => ({ holdMs: count(value, key) })],
  ["heartbeat", (_, value, key) => ({ heartbeatMs: count(value, key) })],
  ["comments", (_, value, key) => ({ commentEvery: count(value, key) })],
  ["split", () => ({ isSplit: true })],
  ["image", (_, value, key) => ({ images: value === null ? 1 : count(value, key) })],
  ["image-size", (_, value, key) => ({ imageSide: count(value, key) })],
  ["source", ({ sources }, value) => ({ sources: [...sources, { url: value ?? "", title: "" }] })],
  ["title", withTitle],

  ["tool", ({ toolCalls }, value) => ({ toolCalls: [...toolCalls, { name: value, arguments: null }] })],
  ["args", withArguments],
  ["tool-rounds", (_, value, key) => ({ toolRounds: count(value, key) })],

  ["finish", (_, value) => ({ finishReason: oneOf(value, "finish", ["stop", "length", "content_filter"]) })],
  ["usage", (_, value) => (oneOf(value, "usage", ["off"]) === "off" ? { usage: null } : {})],
  ["prompt-tokens", (script, value, key) => usage(script, { promptTokens: count(value, key) })],
  ["cached", (script, value, key) => usage(script, { cachedTokens: count(value, key) })],
  ["cost", (script, value, key) => usage(script, { cost: amount(value, key) })],

  ["error", (_, value) => ({ failure: { kind: "status", ...errorScript(value) } })],
  ["body-error", (_, value) => ({ failure: { kind: "body", ...errorScript(value) } })],
  [
    "error-after",
    (_, value, key) => ({ failure: { kind: "mid-stream", after: count(value, key), ...errorScript("502") } }),
  ],
  ["end-after", (_, value, key) => ({ failure: { kind: "end", after: count(value, key) } })],
  ["cut-after", (_, value, key) => ({ failure: { kind: "cut", after: count(value, key) } })],
  ["stall-after", (_, value, key) => ({ failure: { kind: "stall", after: count(value, key) } })],
  [
    "murmur-after",
    (_, value, key) => ({ failure: { kind: "stall-with-comments", after: count(value, key) } }),
  ],
  ["garbage-after", (_, value, key) => ({ failure: { kind: "garbage", after: count(value, key) } })],
  ["times", (_, value, key) => ({ failureTimes: count(value, key) })],

  ["code", (script, value) => ofError(script, "code", { code: code(value) })],
  ["message", (script, value) => ofError(script, "message", { message: value })],
  ["retry-after", (script, value) => ofError(script, "retry-after", { retryAfter: value })],
  ["leak", (script) => ofError(script, "leak", { leaksKey: true })],

  ["prefill", (_, value) => ({ acceptsPrefill: oneOf(value, "prefill", ["accept", "refuse"]) === "accept" })],
  ["overlap", (_, value, key) => ({ overlapCharacters: count(value, key) })],
]);

/**
 * Applies the directives in `text` to `script`. A text chosen without a length is played
 * once, whatever length the script had.
 *
 * @returns the changed script, and the text without its directives
 * @throws DirectiveError for an unknown key or a value out of range
 */
export function applyDirectives(script: Script, text: string) {
  const { blocks, rest } = directiveBlocks(text, (key) => directives.has(key));
  const given = blocks.flat();
  const choosesText = given.some(({ key }) => key === "text" || key === "say");
  const from = choosesText ? { ...script, tokens: null } : script;
  return { script: given.reduce(applyOne, from), rest, hasDirectives: given.length > 0 };
}

function applyOne(script: Script, { key, value }: Directive): Script {
  const apply = directives.get(key);
  if (apply === undefined) throw new DirectiveError(`unknown directive "${key}"`);
  return { ...script, ...apply(script, value, key) };
}

function wordsUnlessChosen({ text }: Script): Partial<Script> {
  return text.kind === "answer" ? { text: { kind: "words" } } : {};
}

function textSource(value: string | null): TextSource {
  const kinds = ["words", "answer", "markdown", "html", "unicode", "echo", "tool-result"] as const;
  return { kind: oneOf(value, "text", kinds) };
}

function withArguments({ toolCalls }: Script, value: string | null): Partial<Script> {
  const last = toolCalls.at(-1);
  if (last === undefined) throw new DirectiveError(`"args" comes after the "tool" that it is for`);
  return { toolCalls: [...toolCalls.slice(0, -1), { ...last, arguments: value ?? "" }] };
}

function withTitle({ sources }: Script, value: string | null): Partial<Script> {
  const last = sources.at(-1);
  if (last === undefined) throw new DirectiveError(`"title" comes after the "source" that it is for`);
  return { sources: [...sources.slice(0, -1), { ...last, title: value ?? "" }] };
}

function usage(script: Script, change: Partial<NonNullable<Script["usage"]>>): Partial<Script> {
  return { usage: { promptTokens: null, cachedTokens: 0, cost: null, ...script.usage, ...change } };
}

function errorScript(value: string | null): ErrorScript {
  const error = value ?? "500";
  if (!isErrorName(error)) throw new DirectiveError(`there is no error "${error}"`);
  return { error, code: null, message: null, retryAfter: null, leaksKey: false };
}

function ofError({ failure }: Script, key: string, change: Partial<ErrorScript>): Partial<Script> {
  if (failure === null || !("error" in failure)) {
    throw new DirectiveError(`"${key}" comes after the error that it is for`);
  }
  return { failure: { ...failure, ...change } satisfies Failure };
}

function code(value: string | null): number | string {
  return value !== null && /^\d+$/.test(value) ? Number(value) : (value ?? "server_error");
}

/** Also less than one: several thousand tokens a second. */
function milliseconds(value: string | null, key: string): number {
  if (value === null || !/^\d{1,9}(\.\d{1,3})?$/.test(value)) {
    throw new DirectiveError(`"${key}" wants milliseconds, not "${value ?? ""}"`);
  }
  return Number(value);
}

function count(value: string | null, key: string): number {
  if (value === null || !/^\d{1,9}$/.test(value)) {
    throw new DirectiveError(`"${key}" wants a whole number, not "${value ?? ""}"`);
  }
  return Number(value);
}

function amount(value: string | null, key: string): number {
  if (value === null || !/^\d+(\.\d+)?$/.test(value)) {
    throw new DirectiveError(`"${key}" wants a decimal number, not "${value ?? ""}"`);
  }
  return Number(value);
}

function oneOf<const T extends string>(value: string | null, key: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new DirectiveError(`"${key}" is one of ${allowed.join(", ")}`);
  return found;
}
