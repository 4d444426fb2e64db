import { createTranslator } from "./create-translator";
import { locale } from "./languages";
import { pageEnglish } from "./page-english";

export const t = createTranslator(pageEnglish, locale);
