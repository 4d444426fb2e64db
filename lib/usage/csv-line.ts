/**
 * One line by RFC 4180. A text that a spreadsheet would take for a formula is led by an apostrophe, for it may
 * have come from a chat's title.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (typeof cell === "number" ? String(cell) : quoted(harmless(cell)))).join(",")}\r\n`;
}

function harmless(text: string): string {
  return /^\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
