import { holdBack } from "./hold-back";
import { type Links, lex, type MarkdownToken } from "./lex";

export interface Block {
  /** The same for as long as the block is drawn as the same element. */
  key: string;
  token: MarkdownToken;
}

export interface Document {
  /** The blocks in order, some dozens a group; a group in which nothing changed is the same array as before. */
  groups: readonly (readonly Block[])[];
  footnotes: readonly Block[];
}

/**
 * Reads one text as Markdown again and again while it grows. Only a text's last block can change by what is
 * appended: the ones before it are settled and never lexed again, unless a link was defined that one of them
 * names. So a reading costs what the last block costs. Any other text is read from its beginning.
 */
export function createBlockReader(lexBlocks: typeof lex = lex) {
  let known = "";
  let wasGrowing = false;
  let settled: Block[] = [];
  let settledEnd = 0;
  let fullGroups: (readonly Block[])[] = [];
  let footnotes: Block[] = [];
  let links: Links = {};
  let last: Document | null = null;

  function reset(): void {
    settled = [];
    settledEnd = 0;
    fullGroups = [];
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
    if (block.token.type === "footnote") footnotes.push(block);
    settled.push(block);
    if (settled.length % groupSize === 0) fullGroups.push(settled.slice(-groupSize));
  }

  /** A definition may come after what refers to it. */
  function learn(token: MarkdownToken): void {
    if (token.type !== "def" || Object.hasOwn(links, token.tag)) return;
    links = { ...links, [token.tag]: { href: token.href, title: token.title } };
    for (const [index, block] of settled.entries()) {
      if (!block.token.raw.toLowerCase().includes(`[${token.tag}]`)) continue;
      const [again] = lexBlocks(block.token.raw, links, false);
      if (!again) continue;
      settled[index] = { key: `${block.key}+`, token: again };
      const group = Math.floor(index / groupSize);
      if (fullGroups[group]) fullGroups[group] = settled.slice(group * groupSize, (group + 1) * groupSize);
    }
  }

  return {
    read(text: string, isGrowing: boolean): Document {
      const source = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
      if (last && source === known && isGrowing === wasGrowing) return last;
      if (!source.startsWith(known)) reset();
      known = source;
      wasGrowing = isGrowing;
      const rest = readTail(source.slice(settledEnd), isGrowing);
      const begun = settled.slice(fullGroups.length * groupSize).concat(rest);
      last = {
        groups: [...fullGroups, begun.slice(0, groupSize), begun.slice(groupSize)],
        footnotes: footnotes.concat(rest.filter(({ token }) => token.type === "footnote")),
      };
      return last;
    },
  };
}

const groupSize = 32;

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
