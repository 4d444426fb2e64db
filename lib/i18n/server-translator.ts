import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { serverEnglish } from "./server-english";

export const t = createTranslator({ ...english, ...serverEnglish }, locale);

export type Translate = typeof t;
