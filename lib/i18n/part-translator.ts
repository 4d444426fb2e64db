import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { partEnglish } from "./part-english";

const texts = { ...english, ...partEnglish };

export type PartMessageKey = keyof typeof texts;

export const t = createTranslator(texts, locale);
