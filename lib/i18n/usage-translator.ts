import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { usageEnglish } from "./usage-english";

const texts = { ...english, ...usageEnglish };

export const t = createTranslator(texts, locale);
