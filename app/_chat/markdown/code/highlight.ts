import type { Emitter } from "highlight.js";
import highlighter from "highlight.js/lib/core";
import { embedded, findLanguage, type Language, languages } from "./languages";

/** A run of characters of one colour; null is the text's own. */
export interface Run {
  text: string;
  colour: string | null;
}

export type Line = readonly Run[];

/** The lines of `code`, coloured. Fetches the language when it is not there yet; null where that fails or there is none. */
export async function highlight(code: string, name: string): Promise<Line[] | null> {
  const language = findLanguage(name);
  if (language === null) return null;
  try {
    await Promise.all([language, ...(embedded[language] ?? [])].map(register));
    const emitter = highlighter.highlight(code, { language, ignoreIllegals: true })._emitter;
    return emitter instanceof RunEmitter ? linesOf(emitter.runs) : null;
  } catch {
    // Out of reach, or a grammar that fails on this text: colourless code is as readable.
    return null;
  }
}

async function register(language: Language): Promise<void> {
  if (highlighter.getLanguage(language)) return;
  highlighter.registerLanguage(language, (await languages[language]()).default);
}

/** Collects runs instead of HTML. */
class RunEmitter implements Emitter {
  readonly runs: Run[] = [];
  private readonly scopes: string[] = [];

  startScope(name: string): void {
    this.scopes.push(name);
  }

  endScope(): void {
    this.scopes.pop();
  }

  addText(text: string): void {
    if (text !== "") this.runs.push({ text, colour: colourOf(this.scopes) });
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof RunEmitter) this.runs.push(...emitter.runs);
  }

  /** Names of scopes that are opened by the library's older spelling. */
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  closeAllNodes(): void {
    this.scopes.length = 0;
  }

  finalize(): void {}

  toHTML(): string {
    return "";
  }
}

highlighter.configure({ __emitter: RunEmitter });

function linesOf(runs: readonly Run[]): Line[] {
  const lines: Run[][] = [[]];
  for (const { text, colour } of runs) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, colour });
    }
  }
  return lines;
}

/** The innermost scope that has a colour; "title.function" is a title. */
function colourOf(scopes: readonly string[]): string | null {
  for (const scope of scopes.toReversed()) {
    const colour = colours[scope] ?? colours[scope.split(".")[0] ?? ""];
    if (colour) return colour;
  }
  return null;
}

const colours: Readonly<Record<string, string | undefined>> = {
  keyword: "keyword",
  built_in: "type",
  type: "type",
  "title.class": "type",
  class: "type",
  title: "title",
  function: "title",
  section: "title",
  literal: "number",
  number: "number",
  symbol: "number",
  string: "string",
  regexp: "string",
  "char.escape": "number",
  subst: "plain",
  comment: "comment",
  quote: "comment",
  doctag: "comment",
  meta: "comment",
  attr: "attribute",
  attribute: "attribute",
  property: "attribute",
  "variable.language": "keyword",
  variable: "variable",
  "template-variable": "variable",
  tag: "plain",
  name: "keyword",
  "selector-tag": "keyword",
  "selector-class": "title",
  "selector-id": "title",
  "selector-attr": "attribute",
  "selector-pseudo": "attribute",
  bullet: "number",
  link: "string",
  strong: "title",
  emphasis: "title",
  code: "string",
  addition: "addition",
  deletion: "deletion",
};
