import { createTranslator, type MessageValues } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";

export type MessageKey = keyof typeof english;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export const t: Translate = createTranslator(english, locale);
