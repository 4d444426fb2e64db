import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { modelEnglish } from "./model-english";

const texts = { ...english, ...modelEnglish };

export type ModelMessageKey = keyof typeof texts;

export const t = createTranslator(texts, locale);
