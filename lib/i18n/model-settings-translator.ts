import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { modelEnglish } from "./model-english";
import { modelSettingsEnglish } from "./model-settings-english";
import { settingsEnglish } from "./settings-english";

export const t = createTranslator(
  { ...english, ...settingsEnglish, ...modelEnglish, ...modelSettingsEnglish },
  locale,
);
