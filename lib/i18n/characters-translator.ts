import { charactersEnglish } from "./characters-english";
import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { panelEnglish } from "./panel-english";

const texts = { ...english, ...panelEnglish, ...charactersEnglish };

export type CharactersMessageKey = keyof typeof texts;

export const t = createTranslator(texts, locale);
