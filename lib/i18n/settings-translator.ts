import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { settingsEnglish } from "./settings-english";

const texts = { ...english, ...settingsEnglish };

export type SettingsMessageKey = keyof typeof texts;

export const t = createTranslator(texts, locale);
