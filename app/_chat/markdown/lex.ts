import { Lexer, Marked, type MarkedToken, type Token, type Tokens } from "marked";
import { completeInline } from "./complete-inline";
import { type Footnote, type FootnoteReference, footnoteExtensions } from "./footnote-syntax";
import { type MathToken, mathExtensions } from "./math-syntax";

export type MarkdownToken = MarkedToken | MathToken | Footnote | FootnoteReference;
export type Links = Lexer["tokens"]["links"];

/**
 * The top-level blocks of `source`. `links` are definitions from elsewhere in the same text. Where it
 * `isGrowing`, what is half written at its end is completed as it will probably go on.
 */
export function lex(source: string, links: Links, isGrowing: boolean): MarkdownToken[] {
  if (tooDeep.test(source)) return [{ type: "html", block: true, pre: false, raw: source, text: source }];
  const lexer = new Lexer(syntax);
  Object.assign(lexer.tokens.links, links);
  const tokens = lexer.blockTokens(source, lexer.tokens);
  const open = isGrowing && !/\n[ \t]*\n[ \t]*$/.test(source) ? openInline(known(tokens)) : null;
  for (const { src, tokens: inline } of lexer.inlineQueue.splice(0)) {
    if ((src.match(marks)?.length ?? 0) > marksMax) inline.push({ type: "text", raw: src, text: src });
    else lexer.inlineTokens(inline === open ? completeInline(src) : src, inline);
  }
  return known(tokens);
}

/** Nested so deep that the library would run out of stack; nobody means that. */
const tooDeep = /^(?:[ \t]*(?:>|[-*+]|\d+[.)])(?=[ \t>])){100}/m;

/** The library's cost rises with the square of the marks in one paragraph, and such a one is no prose. */
const marksMax = 1000;
const marks = /[*_`~[$<\\]+/g;

/** The library leaves room for tokens of any shape; with the extensions below there are no others than ours. */
export function known(tokens: readonly Token[] | undefined): MarkdownToken[] {
  return (tokens ?? []) as MarkdownToken[];
}

const syntax = new Marked({
  gfm: true,
  extensions: [...mathExtensions, ...footnoteExtensions],
  tokenizer: {
    // One tilde says "about": ~5 to ~10 is not struck through.
    del(source) {
      return source.startsWith("~~") ? false : undefined;
    },
  },
}).defaults;

/** Where the next character would go: the inline tokens of the innermost last block, if it has any. */
function openInline(tokens: readonly MarkdownToken[]): Token[] | null {
  const last = tokens.at(-1);
  switch (last?.type) {
    case "paragraph":
    case "text":
      return last.tokens ?? null;
    case "heading":
      return last.raw.includes("\n") ? null : last.tokens;
    case "blockquote":
    case "footnote":
      return openInline(known(last.tokens));
    case "list":
      return openInline(known(last.items.at(-1)?.tokens));
    case "table":
      return openCell(last);
    default:
      return null;
  }
}

function openCell({ raw, header, rows }: Tokens.Table): Token[] | null {
  if (raw.endsWith("\n")) return null;
  return (rows.at(-1) ?? header).findLast((cell) => cell.text !== "")?.tokens ?? null;
}
