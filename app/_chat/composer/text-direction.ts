/**
 * The direction of a field with this text. A short one is left to the browser, which looks at each paragraph;
 * in Chromium that took 13 s for 70,000 lines, so a long text goes as its first letter goes.
 */
export function directionOf(text: string): "auto" | "ltr" | "rtl" {
  if (text.length < longMin) return "auto";
  const letter = /\p{L}/u.exec(text.slice(0, longMin))?.[0] ?? "";
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter)
    ? "rtl"
    : "ltr";
}

const longMin = 10_000;
