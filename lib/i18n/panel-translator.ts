import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { panelEnglish } from "./panel-english";

const texts = { ...english, ...panelEnglish };

export type PanelMessageKey = keyof typeof texts;

export const t = createTranslator(texts, locale);
