// Deeper than any tool asks for, and well within what the database reads.
const depthMax = 64;

/**
 * The JSON that a model wrote as the input of a tool, fit to be stored: a NUL or half a character in it becomes the
 * replacement character. `null` for what is no JSON, or is nested deeper than anything of use; no text is no input.
 */
export function parseToolInput(text: string): { input: unknown } | null {
  if (text.trim() === "") return { input: {} };
  try {
    return { input: storable(JSON.parse(text), 0) };
  } catch {
    // Whatever was the matter with it: it is shown as the model wrote it.
    return null;
  }
}

export function storableText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}

function storable(value: unknown, depth: number): unknown {
  if (typeof value === "string") return storableText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= depthMax) throw new RangeError("nested too deeply");
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storableText(name), storable(inner, depth + 1)]),
  );
}
