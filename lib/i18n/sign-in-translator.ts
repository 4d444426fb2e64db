import { createTranslator } from "./create-translator";
import { english } from "./english";
import { locale } from "./languages";
import { signInEnglish } from "./sign-in-english";

export const t = createTranslator({ ...english, ...signInEnglish }, locale);
