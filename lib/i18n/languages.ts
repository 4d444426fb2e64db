/** The languages that there are texts in, each by its own name. */
export const languages = [{ locale: "en", name: "English" }] as const;

export const locale = languages[0].locale;
