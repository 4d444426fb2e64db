import { RE2JS } from "re2js";
import type { Pattern, PatternEngine } from "@/lib/characters/lore/pattern-engine";

/** RE2's patterns: no look-around and no back references, and time in proportion to the text. */
export const re2Patterns: PatternEngine = {
  compile(source, { ignoresCase, dotIsAll, isMultiline }): Pattern | null {
    const flags =
      (ignoresCase ? RE2JS.CASE_INSENSITIVE : 0) |
      (dotIsAll ? RE2JS.DOTALL : 0) |
      (isMultiline ? RE2JS.MULTILINE : 0);
    try {
      const pattern = RE2JS.compile(RE2JS.translateRegExp(source), flags);
      return { size: pattern.programSize(), isIn: (text) => pattern.test(text) };
    } catch {
      // Whatever a stranger's pattern does to the engine, it must not keep a chat from being answered.
      return null;
    }
  },
};
