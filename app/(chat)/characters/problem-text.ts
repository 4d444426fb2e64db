import type { ChatError } from "@/lib/errors/chat-error";
import { charactersEnglish } from "@/lib/i18n/characters-english";
import { type CharactersMessageKey, t } from "@/lib/i18n/characters-translator";

/** What is wrong with a card or a picture, or whatever else went wrong, for the person who gave it. */
export function problemText({ message, details = {} }: ChatError): string {
  const { problem, field, reason } = details;
  const key = `problem.${String(problem)}`;
  const fieldKey = `${key}_field`;
  if (typeof field === "string" && field !== "" && isKey(fieldKey)) {
    return t(fieldKey, { field, reason: String(reason) });
  }
  return isKey(key) ? t(key) : message;
}

function isKey(key: string): key is CharactersMessageKey {
  return Object.hasOwn(charactersEnglish, key);
}
