import { mathAt, mayBecomeMath } from "./math-syntax";

/**
 * A text whose end is still being written, so that reading it as Markdown shows no markup that the finished
 * text will not show: what is emphasised, struck through or code is closed; what cannot be shown by halves
 * (a link, an image, a formula, a lone delimiter) is held back. A mark that stays alone for long is a character.
 */
export function completeInline(source: string): string {
  let text = source;
  for (let round = 0; round < roundsMax; round++) {
    const read = readOnce(text);
    if (read.isWhole) return read.text;
    text = read.text;
  }
  return text;
}

/** With everything closed that is open, or cut where something has to be held back. */
function readOnce(source: string): { text: string; isWhole: boolean } {
  const open: Opener[] = [];
  for (let at = 0; at < source.length; ) {
    const step = stepAt(source, at, open);
    if (step === "hold") return { text: source.slice(0, at), isWhole: false };
    if (typeof step === "number") at = step;
    else return { text: close(source.slice(0, step.end) + step.closer, open, source.length), isWhole: true };
  }
  return { text: close(source, open, source.length), isWhole: true };
}

interface Opener {
  mark: string;
  count: number;
  at: number;
}

/** Where to go on; `hold` leaves out everything from here; an end with what is to be written there. */
type Step = number | "hold" | { end: number; closer: string };

function stepAt(source: string, at: number, open: Opener[]): Step {
  const char = source[at];
  switch (char) {
    case "\\":
      if (at + 1 === source.length) return "hold";
      return source[at + 1] === "(" || source[at + 1] === "[" ? bracketMath(source, at) : at + 2;
    case "`":
      return code(source, at);
    case "$":
      return dollars(source, at);
    case "<":
      return /^<(?:[a-z][^\s<>]*|br\s*\/?)?$/i.test(source.slice(at, at + linkMax))
        ? "hold"
        : at + (/^<[^\s<>]+>/.exec(source.slice(at, at + linkMax))?.[0].length ?? 1);
    case "&":
      return /^&#?\w{0,31}$/.test(source.slice(at, at + 34)) ? "hold" : at + 1;
    case "!":
      if (at + 1 === source.length) return "hold";
      return source[at + 1] === "[" ? link(source, at, at + 1) : at + 1;
    case "[":
      return link(source, at, at);
    case "*":
    case "_":
    case "~":
      return delimiters(source, at, char, open);
    default:
      return at + 1;
  }
}

function bracketMath(source: string, at: number): Step {
  const math = mathAt(source.slice(at));
  if (math) return at + math.raw.length;
  return source.length - at > displayMax ? at + 2 : "hold";
}

function dollars(source: string, at: number): Step {
  const math = mathAt(source.slice(at));
  if (math) return at + math.raw.length;
  const isDisplay = source[at + 1] === "$";
  if (isDisplay) return source.length - at > displayMax ? at + 2 : "hold";
  return mayBecomeMath(source.slice(at + 1)) ? "hold" : at + 1;
}

function code(source: string, at: number): Step {
  const count = runLength(source, at, "`");
  const start = at + count;
  if (start === source.length) return "hold";
  for (let next = source.indexOf("`", start); next !== -1; ) {
    const length = runLength(source, next, "`");
    if (length === count) return next + length;
    if (next + length === source.length) return { end: next, closer: "`".repeat(count) };
    next = source.indexOf("`", next + length);
  }
  return source.length - at > codeMax ? start : { end: source.length, closer: "`".repeat(count) };
}

/** `at` is where the link or image begins, `bracket` its first bracket. */
function link(source: string, at: number, bracket: number): Step {
  const end = closing(source, bracket, "[", "]", linkTextMax);
  if (end === null) return source.length - at > linkTextMax ? bracket + 1 : "hold";
  const next = source[end];
  if (next !== ":" && at > 0 && /^\[\^[^\]\s]+\]$/.test(source.slice(bracket, end))) return end;
  if (next === undefined) return "hold";
  if (next === ":") return at === 0 ? "hold" : bracket + 1;
  if (next !== "(" && next !== "[") return bracket + 1;
  const target = closing(source, end, next, next === "(" ? ")" : "]", linkMax);
  if (target !== null) return target;
  return source.length - end > linkMax ? bracket + 1 : "hold";
}

/** Behind the bracket that closes the one at `at`, if it is not too far away. */
function closing(
  source: string,
  at: number,
  opens: string,
  closes: string,
  lengthMax: number,
): number | null {
  let depth = 0;
  const last = Math.min(source.length, at + lengthMax);
  for (let next = at; next < last; next++) {
    const char = source[next];
    if (char === "\\") next++;
    else if (char === opens) depth++;
    else if (char === closes && --depth === 0) return next + 1;
  }
  return null;
}

/** By CommonMark's rules of flanking, without the rule of three. */
function delimiters(source: string, at: number, mark: string, open: Opener[]): Step {
  const end = at + runLength(source, at, mark);
  let count = end - at;
  const before = source[at - 1] ?? " ";
  const after = source[end] ?? " ";
  const isLeft = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const isRight = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  const canOpen = isLeft && (mark !== "_" || !isRight || isPunctuation(before));
  const canClose = isRight && (mark !== "_" || !isLeft || isPunctuation(after));
  if (mark === "~" && count !== 2) return end === source.length ? "hold" : end;

  while (canClose && count > 0) {
    const index = open.findLastIndex((opener) => opener.mark === mark);
    const opener = open[index];
    if (!opener) break;
    const used = mark === "~" || (opener.count >= 2 && count >= 2) ? 2 : 1;
    // Half a delimiter at the very end: its other half is still to come.
    if (end === source.length && opener.count > count) return "hold";
    open.length = index;
    count -= used;
    if (opener.count > used) open.push({ ...opener, count: opener.count - used });
  }
  if (count > 0 && end === source.length) return "hold";
  if (count > 0 && canOpen) open.push({ mark, count, at });
  return end;
}

function close(text: string, open: readonly Opener[], length: number): string {
  const closers = open
    .filter(({ count, at }) => length - at <= (count >= 2 ? strongMax : emphasisMax))
    .map(({ mark, count }) => mark.repeat(count));
  return closers.length === 0 ? text : text.trimEnd() + closers.reverse().join("");
}

function runLength(source: string, at: number, char: string): number {
  let end = at;
  while (source[end] === char) end++;
  return end - at;
}

function isSpace(char: string): boolean {
  return /\s/.test(char);
}

function isPunctuation(char: string): boolean {
  return /[\p{P}\p{S}]/u.test(char);
}

/** Longer than what people write between such marks; an asterisk that is one must not hold a paragraph for ever. */
const emphasisMax = 300;
const strongMax = 1000;
const codeMax = 1000;
const linkTextMax = 500;
const linkMax = 2000;
const displayMax = 4000;

/** What ends in more marks than these, one behind the other, is not on its way to anything. */
const roundsMax = 20;
