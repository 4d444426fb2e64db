import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { settingsEnglish } from "./settings-english";
import { signInEnglish } from "./sign-in-english";

const texts = { ...english, ...signInEnglish, ...settingsEnglish };

export type SettingsMessageKey = keyof typeof texts;

export const t = createTranslator(texts, locale);
