/** Whom `{{char}}` and `{{user}}` stand for, in any case and in the forms of older cards. */
export function replaceNames(text: string, names: { char: string; user: string }): string {
  return text.replace(/\{\{\s*(char|user)\s*\}\}|<(char|bot|user)>/gi, (_, inBraces, inAngles) => {
    const name: string = (inBraces ?? inAngles).toLowerCase();
    return name === "user" ? names.user : names.char;
  });
}
