/**
 * A text in Markdown as it reads where it is drawn: for what is far from view, and is searched and read out all the
 * same. By its lines and without a grammar, so that it costs little; what is in code stays as it is.
 */
export function withoutMarks(markdown: string): string {
  let fence = "";
  const lines: string[] = [];
  for (const line of markdown.split("\n")) {
    const [, mark = "", rest = ""] = /^\s*(`{3,}|~{3,})(.*)/.exec(line) ?? [];
    if (fence !== "") {
      if (mark.startsWith(fence) && rest.trim() === "") fence = "";
      else lines.push(line);
    } else if (mark !== "" && !(mark.startsWith("`") && rest.includes("`"))) fence = mark;
    else if (!tableRule.test(line.trim())) lines.push(marks.test(line) ? ofLine(line) : line);
  }
  return lines.join("\n");
}

const marks = /[*_`~#>[|\\]/;
const tableRule = /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?$/;
/** Bounded, as all that follows: nothing is looked for again from every sign of a line that has only such. */
const codeSpans =
  /((?<!`)`[^`]+`(?!`)|(?<!`)``(?!`).{1,300}?[^`]``(?!`)|(?<!`)```(?!`).{1,300}?[^`]```(?!`))/;
const links = /!?\[([^[\]]{0,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s"[^"]{0,500}")?\)/g;

function ofLine(line: string): string {
  const text = line.replace(/^(?: {0,3}> ?)+/, "").replace(/^(\s*)#{1,6}\s+/, "$1");
  return text
    .split(codeSpans)
    .map((part, index) => (index % 2 === 1 ? part.replace(/^`+ ?| ?`+$/g, "") : ofWords(part)))
    .join("");
}

function ofWords(text: string): string {
  const isRow = /^\s*\|/.test(text);
  return (isRow ? text.replace(/(?<!\\)\|/g, " ") : text)
    .replace(links, "$1")
    .replace(/(?<!\\)(?:\*\*|__|~~)(?=\S)|(?<=[^\s\\])(?:\*\*|__|~~)/g, "")
    .replace(/(?<![\w\\*])[*_](?=\S)|(?<=[^\s\\])[*_](?![\w*])/g, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
}
