/**
 * The part of a growing text whose blocks can be told already. Held back is a last line that may turn out to
 * be a marker (`-`, `12.`, `===`, a fence), the head of a table before its second row, and a formula on lines
 * of its own until it is closed.
 */
export function holdBack(source: string): string {
  const math = openDisplayMath(source);
  if (math !== null) return source.slice(0, math);
  const start = source.lastIndexOf("\n") + 1;
  const table = tableAtEnd(source, start);
  if (table === "begun") return source;
  if (table !== null) return source.slice(0, table.head);
  if (!perhapsMarker.test(source.slice(start))) return source;
  const shown = source.slice(0, start);
  return openDisplayMath(shown) === null ? shown : source;
}

const markers = String.raw`[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*`;
const perhapsMarker = new RegExp(
  String.raw`^${markers}(?:[-*_+=#~\`|:$<>\\[\]()!&\s]*|\d{1,9}[.)]?|\[[ xX]?\]?\s*|(?:\`{3,}|~{3,})[^\`]*)$`,
);

/** Where the line begins in which a formula of several lines was opened and not yet closed. */
function openDisplayMath(source: string): number | null {
  let open: { closer: string; at: number } | null = null;
  for (const { 0: mark, index } of source.matchAll(/\$\$|\\[[\]]|\n[ \t]*\n/g)) {
    if (/^\n/.test(mark)) open = null;
    else if (open) open = mark === open.closer ? null : open;
    else if (mark !== "\\]") open = { closer: mark === "$$" ? "$$" : "\\]", at: index };
  }
  if (!open) return null;
  const line = source.lastIndexOf("\n", open.at) + 1;
  return new RegExp(`^${markers}$`).test(source.slice(line, open.at)) ? line : null;
}

/** Whether the last two lines begin a table; where its head would be, as long as the second does not settle that. */
function tableAtEnd(source: string, start: number): { head: number } | "begun" | null {
  const last = source.slice(start);
  const previous = lineBefore(source, start);
  if (!/^[\s>|:-]*$/.test(last)) {
    const pipe = firstPipe(last);
    return pipe === null || hasPipe(previous?.text) ? null : { head: start + pipe };
  }
  const pipe = previous && firstPipe(previous.text);
  if (!previous || pipe === null || hasPipe(lineBefore(source, previous.start)?.text)) return null;
  const isSettled = last.includes("-") && columns(last) === columns(previous.text);
  return isSettled ? "begun" : { head: previous.start + pipe };
}

function lineBefore(source: string, start: number): { text: string; start: number } | null {
  if (start === 0) return null;
  const before = source.lastIndexOf("\n", start - 2) + 1;
  return { text: source.slice(before, start - 1), start: before };
}

/** A row begins with a pipe, or has one between two spaces within the length of a row. */
function firstPipe(line: string): number | null {
  const plain = line.replace(/`[^`]*`?|\\./g, (code) => " ".repeat(code.length));
  const at = plain.search(new RegExp(String.raw`(?<=^${markers})\||(?<=\s)\|(?=\s|$)`));
  return at === -1 || (at > 0 && line.length > rowMax) ? null : at;
}

function hasPipe(line: string | undefined): boolean {
  return line?.includes("|") ?? false;
}

function columns(row: string): number {
  const cells = row.replace(/\\\|/g, "").replace(/^[\s>]*\|?|\|?\s*$/g, "");
  return cells.split("|").length;
}

const rowMax = 200;
