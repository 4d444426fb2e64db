/** What a person knows a key by: `sk-or-…9f2c`. Of a short one less is shown, of a very short one nothing. */
export function maskKey(key: string): string {
  const prefix = providerPrefixes.find((each) => key.startsWith(each)) ?? "";
  const mask = [
    { start: prefix, endLength: 4 },
    { start: prefix, endLength: 2 },
    { start: "", endLength: 2 },
  ].find(({ start, endLength }) => mayShow(start.length + endLength, key.length));
  return mask ? `${mask.start}…${key.slice(-mask.endLength)}` : "…";
}

/** Longer ones before those that they begin with. */
const providerPrefixes = ["sk-or-", "sk-proj-", "sk-ant-", "sk-", "gsk_", "xai-", "hf_"];

const hiddenMin = 10;

function mayShow(shown: number, length: number): boolean {
  return shown <= length / 3 && length - shown >= hiddenMin;
}
