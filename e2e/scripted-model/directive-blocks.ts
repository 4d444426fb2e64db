export type Directive = { key: string; value: string | null };

/** Thrown for a directive that cannot be played; the server answers it with a 400. */
export class DirectiveError extends Error {
  override name = "DirectiveError";
}

/**
 * Finds the blocks `[[key=value flag key="quoted value"]]` in a text.
 *
 * Values are bare (up to white space or `]]`), "double quoted" with backslash escapes,
 * or 'single quoted' as they stand. Double brackets that do not read like this, and
 * those without any `=` whose first word `isKnown` refuses, stay ordinary text.
 *
 * @returns the directives in the order written, and the text without the blocks
 */
export function directiveBlocks(text: string, isKnown: (key: string) => boolean) {
  const blocks: Directive[][] = [];
  let rest = "";
  let from = 0;
  for (let open = text.indexOf("[["); open !== -1; open = text.indexOf("[[", open)) {
    const block = readBlock(text, open + 2);
    if (block === null || !isMeant(block.directives, isKnown)) {
      open += 2;
      continue;
    }
    blocks.push(block.directives);
    rest += text.slice(from, open);
    from = block.end;
    open = block.end;
  }
  return { blocks, rest: (rest + text.slice(from)).trim() };
}

function isMeant(directives: readonly Directive[], isKnown: (key: string) => boolean): boolean {
  const first = directives[0];
  if (first === undefined) return false;
  return isKnown(first.key) || directives.some(({ value }) => value !== null);
}

function readBlock(text: string, from: number): { directives: Directive[]; end: number } | null {
  const directives: Directive[] = [];
  let at = from;
  for (;;) {
    const close = match(/\s*\]\]/y, text, at);
    if (close !== null) return { directives, end: at + close[0].length };
    const key = match(/\s*([a-z][a-z0-9-]*)/y, text, at);
    if (key === null) return null;
    at += key[0].length;
    const value = match(/="((?:[^"\\]|\\.)*)"|='([^']*)'|=((?:(?!\]\])\S)+)/sy, text, at);
    at += value?.[0].length ?? 0;
    directives.push({ key: key[1] ?? "", value: value === null ? null : unquote(value) });
  }
}

function unquote([, double, single, bare]: RegExpExecArray): string {
  if (double === undefined) return single ?? bare ?? "";
  return double.replace(/\\(.)/gs, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
