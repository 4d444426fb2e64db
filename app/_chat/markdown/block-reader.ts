import { holdBack } from "./hold-back";
import { type Links, lex, type MarkdownToken } from "./lex";
import { goesOnWith, lengthOf, type Pieces, sliceOf, withPlainLineEnds } from "./pieces";

export interface Block {
  /** The same for as long as the block is drawn as the same element. */
  key: string;
  token: MarkdownToken;
}

export interface Document {
  /** The blocks in order, some a group; a group in which nothing changed is the same array as before. */
  groups: readonly (readonly Block[])[];
  /** The first that a label has. */
  footnotes: readonly Block[];
  /** Whether it goes to the end of the text: much at once is read in several steps. */
  isWhole: boolean;
}

/**
 * Reads one text as Markdown again and again while it grows. Only a text's last block can change by what is
 * appended: the ones before it are settled and never lexed again, unless a link was defined that one of them
 * names. So a reading costs what the last block costs. Any other text is read from its beginning.
 */
export function createBlockReader(lexBlocks: typeof lex = lex) {
  let known: Pieces = [];
  let wasGrowing = false;
  let hasGrown = false;
  let settledEnd = 0;
  let fullGroups: (readonly Block[])[] = [];
  let begun: readonly Block[] = [];
  let footnotes: readonly Block[] = [];
  let links: Links = {};
  let last: Document | null = null;

  function reset(): void {
    settledEnd = 0;
    fullGroups = [];
    begun = [];
    footnotes = [];
    links = {};
  }

  /** Settles what it can of the text behind the settled blocks; gives the rest. */
  function readTail(tail: string, isGrowing: boolean): Block[] {
    const fence = isGrowing ? openFence(tail) : null;
    if (fence) return [{ key: `${settledEnd}`, token: fence }];
    const tokens = lexBlocks(isGrowing ? holdBack(tail) : tail, links, isGrowing);
    const open = tokens.findLastIndex(({ type }) => type !== "space");
    let at = settledEnd;
    const rest: Block[] = [];
    for (const [index, token] of tokens.entries()) {
      const block = { key: `${at}`, token };
      at += token.raw.length;
      if (index < open || !isGrowing) learn(token);
      if (index >= open) rest.push(block);
      else settle(block, at);
    }
    return rest;
  }

  function settle(block: Block, end: number): void {
    settledEnd = end;
    footnotes = withFootnote(footnotes, block);
    begun = [...begun, block];
    if (!isFull(begun)) return;
    fullGroups.push(begun);
    begun = [];
  }

  /** A definition may come after what refers to it. */
  function learn(token: MarkdownToken): void {
    if (token.type !== "def" || Object.hasOwn(links, token.tag)) return;
    links = { ...links, [token.tag]: { href: token.href, title: token.title } };
    const naming = (block: Block) => block.token.raw.toLowerCase().includes(`[${token.tag}]`);
    const again = (group: readonly Block[]) => (group.some(naming) ? group.map(reread) : group);
    const reread = (block: Block): Block => {
      const [read] = naming(block) ? lexBlocks(block.token.raw, links, false) : [];
      return read ? { key: `${block.key}+`, token: read } : block;
    };
    fullGroups = fullGroups.map(again);
    begun = again(begun);
  }

  /** As far as one step goes, or to the end of a block that is longer. */
  function readStep(source: Pieces, isGrowing: boolean): { rest: Block[]; isWhole: boolean } {
    const start = settledEnd;
    const end = lengthOf(source);
    for (let length = stepFor(end - start, hasGrown); ; length *= 2) {
      const isWhole = start + length >= end;
      const tail = sliceOf(source, start, isWhole ? end : start + length);
      const rest = readTail(tail, isGrowing || !isWhole);
      if (isWhole || settledEnd > start) return { rest, isWhole };
    }
  }

  return {
    /** Goes on where the step before ended. */
    read(text: string | Pieces, isGrowing: boolean): Document {
      const source = withPlainLineEnds(typeof text === "string" ? [text] : text);
      const isContinued = goesOnWith(known, source);
      const isSame = isContinued && lengthOf(source) === lengthOf(known);
      if (last?.isWhole && isSame && isGrowing === wasGrowing) return last;
      if (!isContinued) reset();
      known = source;
      wasGrowing = isGrowing;
      hasGrown ||= isGrowing;
      const { rest, isWhole } = readStep(source, isGrowing);
      last = {
        groups: [...fullGroups, begun.concat(rest)],
        footnotes: rest.reduce(withFootnote, footnotes),
        isWhole,
      };
      return last;
    },
  };
}

/**
 * What is lexed and drawn in a few milliseconds. All of a text that grows is drawn, where its reader is; of one that
 * is there the beginning and the end.
 */
function stepFor(left: number, hasGrown: boolean): number {
  if (!hasGrown) return 32_768;
  return left > 16_384 ? 16_384 : 2048;
}

/** Some screens. Not between a heading and what it is the heading of: that keeps its distance by being next to it. */
function isFull(group: readonly Block[]): boolean {
  const type = group.at(-1)?.token.type;
  if (type === "heading" || type === "space") return false;
  return group.length >= 64 || group.reduce((sum, { token }) => sum + token.raw.length, 0) >= 4000;
}

function withFootnote(known: readonly Block[], block: Block): readonly Block[] {
  const { token } = block;
  if (token.type !== "footnote") return known;
  const isNew = known.every((each) => each.token.type !== "footnote" || each.token.label !== token.label);
  return isNew ? [...known, block] : known;
}

/**
 * A fence that is not closed yet, without a look at what is in it: a program of a thousand lines grows as
 * cheaply as one of ten. A last line that may be the closing fence is held back.
 */
function openFence(source: string): MarkdownToken | null {
  const [opening, fence, info] = /^(`{3,}|~{3,})([^\n]*)\n/.exec(source) ?? [];
  if (opening === undefined || fence === undefined || info === undefined) return null;
  if (fence.startsWith("`") && info.includes("`")) return null;
  const closing = `\n {0,3}${fence}${fence[0]}*[ \t]*\n`;
  if (new RegExp(closing).test(source.slice(opening.length - 1))) return null;
  const lastLine = Math.max(opening.length, source.lastIndexOf("\n") + 1);
  const isPerhapsClosing = new RegExp(`^ {0,3}${fence[0]}*[ \t]*$`).test(source.slice(lastLine));
  const text = source.slice(opening.length, isPerhapsClosing ? lastLine : undefined);
  return { type: "code", raw: source, lang: info.trim(), text: text.replace(/\n$/, "") };
}
