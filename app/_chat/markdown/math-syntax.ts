import type { TokenizerExtension } from "marked";

export interface MathToken {
  type: "math";
  raw: string;
  tex: string;
  isDisplay: boolean;
}

/**
 * `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. A dollar sign opens only before something that is not a space, and closes
 * only after such and before neither letter nor digit: "$5 and $10" are prices.
 */
export function mathAt(source: string): MathToken | null {
  for (const { pattern, isDisplay } of forms) {
    const [raw, tex] = pattern.exec(source) ?? [];
    if (raw !== undefined && tex !== undefined && (isDisplay || raw[0] === "\\" || isFormula(tex)))
      return { type: "math", raw, tex: tex.trim(), isDisplay };
  }
  return null;
}

/** Whether what follows a dollar sign may still become a formula once more of it is there. */
export function mayBecomeMath(rest: string): boolean {
  if (rest.length > unclosedMax || /^\s/.test(rest)) return false;
  return !/\s/.test(rest) || /[\\^_{}=]/.test(rest) || /^[a-zA-Z]\s/.test(rest);
}

const forms = [
  { pattern: /^\$\$((?:(?!\n[ \t]*\n)(?:\\[\s\S]|[^\\$]))+)\$\$/, isDisplay: true },
  { pattern: /^\\\[((?:(?!\n[ \t]*\n|\\\])[\s\S])+)\\\]/, isDisplay: true },
  { pattern: /^\\\(((?:(?!\n[ \t]*\n|\\\))[\s\S])+)\\\)/, isDisplay: false },
  { pattern: /^\$((?![\s$])(?:\\[\s\S]|[^\\$\n]){0,400}?(?<![\s\\]))\$(?![\w$])/, isDisplay: false },
];

/** "$5 or 10$" is about money and "$HOME is in $" about a shell: words with nothing of a formula between them. */
function isFormula(tex: string): boolean {
  return /[\\^_{}]/.test(tex) || !/[a-zA-Z]{2,}\s+[a-zA-Z]{2,}|^\d[^=]*\s[a-zA-Z]{2,}/.test(tex);
}

const unclosedMax = 300;

export const mathExtensions: TokenizerExtension[] = [
  {
    name: "display-math",
    level: "block",
    // Looked for in this paragraph only: with the rest of the text, a long answer would be searched for each of them.
    start(source) {
      const end = source.search(/\n[ \t]*\n/);
      const at = source.slice(0, end === -1 ? undefined : end).search(/(?<=\n) {0,3}(?:\$\$|\\\[)/);
      return at === -1 ? undefined : at;
    },
    tokenizer(source) {
      const [indent = ""] = /^ {0,3}/.exec(source) ?? [];
      const math = mathAt(source.slice(indent.length));
      if (!math?.isDisplay) return undefined;
      const [rest] = /^[ \t]*(?:\n|$)/.exec(source.slice(indent.length + math.raw.length)) ?? [];
      return rest === undefined ? undefined : { ...math, raw: indent + math.raw + rest };
    },
  },
  {
    name: "inline-math",
    level: "inline",
    start(source) {
      const at = source.search(/\$|\\[([]/);
      return at === -1 ? undefined : at;
    },
    tokenizer(source) {
      return mathAt(source) ?? undefined;
    },
  },
];
