import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { promptEnglish } from "./prompt-english";

const texts = { ...english, ...promptEnglish };

export const t = createTranslator(texts, locale);
