import type { ChatError } from "@/lib/errors/chat-error";
import { charactersEnglish } from "@/lib/i18n/characters-english";
import { type CharactersMessageKey, t } from "@/lib/i18n/characters-translator";

/** What is wrong with a card or a picture, or whatever else went wrong, for the person who gave it. */
export function problemText({ message, details = {} }: ChatError): string {
  const { problem, field, reason } = details;
  if (problem === "not_a_card" && typeof field === "string" && field !== "") {
    return t("problem.not_a_card_field", { field, reason: String(reason) });
  }
  const key = `problem.${String(problem)}`;
  return isKey(key) ? t(key) : message;
}

function isKey(key: string): key is CharactersMessageKey {
  return Object.hasOwn(charactersEnglish, key);
}
