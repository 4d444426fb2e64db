import type { Token, TokenizerExtension } from "marked";

/** `[^label]: text`, with further paragraphs where they are indented. */
export interface Footnote {
  type: "footnote";
  raw: string;
  label: string;
  tokens: Token[];
}

/** `[^label]` in a text. */
export interface FootnoteReference {
  type: "footnote-reference";
  raw: string;
  label: string;
}

export const footnoteExtensions: TokenizerExtension[] = [
  {
    name: "footnote",
    level: "block",
    tokenizer(source) {
      const [raw, label, text] = definition.exec(source) ?? [];
      if (raw === undefined || label === undefined || text === undefined) return undefined;
      const tokens = this.lexer.blockTokens(text.replace(/^(?: {4}| {2}|\t)/gm, ""), []);
      return { type: "footnote", raw, label, tokens };
    },
  },
  {
    name: "footnote-reference",
    level: "inline",
    tokenizer(source) {
      const [raw, label] = /^\[\^([^\]\s]+)\]/.exec(source) ?? [];
      return raw === undefined ? undefined : { type: "footnote-reference", raw, label };
    },
  },
];

const line = String.raw`(?!\[\^[^\]\s]+\]:)[^\n]*\S[^\n]*`;
const definition = new RegExp(
  String.raw`^\[\^([^\]\s]+)\]:[ \t]*([^\n]*(?:\n${line})*(?:\n+(?: {2,}|\t)${line}(?:\n${line})*)*)(?:\n|$)`,
);
