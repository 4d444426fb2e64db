/** What a person knows a key by: `sk-or-…9f2c`. Of a short one less is shown, of a very short one nothing. */
export function maskKey(key: string): string {
  if (key.length < 12) return "…";
  const prefix = /^[a-z]{2,4}-(?:[a-z]{2,4}-)?/i.exec(key)?.[0] ?? "";
  const shown = key.length - prefix.length < 20 ? 2 : 4;
  return `${prefix}…${key.slice(-shown)}`;
}
