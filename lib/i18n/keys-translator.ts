import { createTranslator } from "./create-translator";
import { english } from "./english";
import { keysEnglish } from "./keys-english";
import { locale } from "./languages";

const texts = { ...english, ...keysEnglish };

export const t = createTranslator(texts, locale);
