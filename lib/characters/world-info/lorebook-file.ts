import { isObject, type Lorebook, lorebookSchema } from "@/lib/characters/card";
import { readCardFile } from "@/lib/characters/card-file";
import { cardProblem } from "@/lib/characters/card-problem";
import { decodeText } from "@/lib/characters/decode-text";
import { cardLimits } from "@/lib/characters/limits";
import { parseJson, requireBounded } from "@/lib/characters/parse-card";
import { isPng } from "@/lib/characters/png/chunks";
import { asideName, cardEntryOf, isWorldEntry } from "./world-entry";

/**
 * The lorebook in a file: SillyTavern's world info, a lorebook of version 3 or of a card, or that of a whole card, as
 * JSON or in a PNG. Throws `not_a_lorebook` with the field at fault, and as `readCardFile` does.
 */
export function readLorebookFile(file: Uint8Array): Lorebook {
  if (isPng(file)) return bookIn(readCardFile(file).card.data.character_book);
  const json = parseJson(decodeText(file, cardLimits.worldInfoBytesMax));
  requireBounded(json);
  if (!isObject(json)) throw notALorebook("", "is no object");
  if (json.spec !== undefined && json.spec !== "lorebook_v3") {
    return bookIn(readCardFile(file).card.data.character_book);
  }
  return bookIn(json.spec === "lorebook_v3" ? json.data : json);
}

function bookIn(value: unknown): Lorebook {
  if (!isObject(value) || typeof value.entries !== "object" || value.entries === null) {
    throw notALorebook("entries", "are missing");
  }
  const { entries, ...book } = value;
  const isWorldInfo = Object.values(entries ?? {}).some((entry) => isObject(entry) && isWorldEntry(entry));
  const list = Object.entries(entries ?? {}).map(([id, entry]) => {
    if (!isObject(entry)) return entry;
    return isWorldEntry(entry) ? cardEntryOf(entry) : Array.isArray(entries) ? entry : { id, ...entry };
  });
  const parsed = lorebookSchema.safeParse({ ...(isWorldInfo ? withAside(book) : book), entries: list });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw notALorebook(issue?.path.join(".") ?? "", issue?.message ?? "is wrong");
}

const known = ["name", "description", "scan_depth", "token_budget", "recursive_scanning", "extensions"];

/** What SillyTavern has beside the entries and a card's lorebook has no place for. */
function withAside(book: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(book);
  const others = fields.filter(([name]) => !known.includes(name));
  return {
    ...Object.fromEntries(fields.filter(([name]) => known.includes(name))),
    extensions: {
      ...(isObject(book.extensions) ? book.extensions : {}),
      ...(others.length > 0 && { [asideName]: Object.fromEntries(others) }),
    },
  };
}

function notALorebook(field: string, reason: string) {
  return cardProblem("not_a_lorebook", { field, reason });
}
