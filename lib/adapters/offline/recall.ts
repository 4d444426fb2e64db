import type { Question } from "./answer";

const shown = 10;
const shownCharacters = 200;

export function askedBefore({ earlier }: Question): string {
  const newest = earlier.slice(-shown);
  if (newest.length === 0) return "This is the first thing you ask in this chat.";
  const left = earlier.length - newest.length;
  const lead =
    left > 0
      ? `Before the last ${shown} things you asked there were ${left} more.`
      : "In this chat you asked:";
  return `${lead}\n\n${newest.map((text, index) => `${left + index + 1}. ${quoted(text)}`).join("\n")}`;
}

/** On one line, and with nothing in it that Markdown would take for more than text. */
function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const characters = [...line];
  const short =
    characters.length > shownCharacters ? `${characters.slice(0, shownCharacters).join("")} …` : line;
  return short.replace(/[\\`*_{}[\]<>()#+\-.!|~$]/g, "\\$&");
}
