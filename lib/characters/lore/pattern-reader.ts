import type { Pattern, PatternEngine, PatternFlags } from "./pattern-engine";
import { patternSize } from "./pattern-size";

export const patternLimits = {
  lengthMax: 1_000,
  sizeMax: 2_000,
  /** Of all patterns of a book together with `sizeEach`, so that to take them in takes some 50 ms. */
  sizeSumMax: 20_000,
  /** What the smallest costs. */
  sizeEach: 50,
} as const;

export type PatternProblem = "pattern_invalid" | "pattern_not_used" | "pattern_too_large";

export type ReadPattern = { pattern: Pattern } | { problem: PatternProblem };

export interface WrittenPattern {
  source: string;
  flags: PatternFlags;
}

/** Takes in the patterns of one book: what comes after too many others is too large. */
export type PatternReader = (written: WrittenPattern) => ReadPattern;

export function createPatternReader(engine: PatternEngine): PatternReader {
  let left: number = patternLimits.sizeSumMax;
  return ({ source, flags }) => {
    if (source.length > patternLimits.lengthMax) return { problem: "pattern_too_large" };
    const size = patternSize(source);
    left -= size + patternLimits.sizeEach;
    if (size > patternLimits.sizeMax || left < 0) return { problem: "pattern_too_large" };
    const pattern = engine.compile(source, flags);
    if (pattern === null) return { problem: isWellFormed(source) ? "pattern_not_used" : "pattern_invalid" };
    return pattern.size > 2 * patternLimits.sizeMax ? { problem: "pattern_too_large" } : { pattern };
  };
}

/** Whether others may read it, as authors try their patterns out: in JavaScript's grammar. It is read, and never searched with. */
function isWellFormed(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** A pattern in slashes with its flags, as SillyTavern and others write them; `null` for a plain text. */
export function slashedPattern(key: string): WrittenPattern | null {
  const [, source, flags = ""] = /^\/((?:[^/\\]|\\[\s\S])+)\/([gimsuy]*)$/.exec(key) ?? [];
  if (source === undefined) return null;
  return {
    source: source.replaceAll("\\/", "/"),
    flags: {
      ignoresCase: flags.includes("i"),
      dotIsAll: flags.includes("s"),
      isMultiline: flags.includes("m"),
    },
  };
}
