export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * Texts are looked up by key and filled in: `{name}` takes a value,
 * `{count, one|other}` takes the plural form that the language's rules choose for it,
 * in which `#` stands for the number.
 */
export function createTranslator<Key extends string>(
  texts: Readonly<Record<Key, string>>,
  locale: string,
): (key: Key, values?: MessageValues) => string {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) =>
    texts[key].replace(
      /\{(\w+)(?:,\s*([^|}]*)\|([^}]*))?\}/g,
      (_, name: string, one?: string, other?: string) => {
        const value = values[name] ?? "";
        if (one === undefined || other === undefined || typeof value !== "number") return String(value);
        return (plurals.select(value) === "one" ? one : other).replace("#", numbers.format(value));
      },
    );
}
