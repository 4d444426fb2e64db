const amountPattern = /^\d{1,6}([.,]\d{1,6})?$/;

/** An amount of dollars as it is typed; empty is no limit, and what is no amount is `undefined`. */
export function microsOf(amount: string): number | null | undefined {
  const text = amount.trim().replace(/^\$\s*/, "");
  if (text === "") return null;
  if (!amountPattern.test(text)) return undefined;
  const [whole = "", fraction = ""] = text.split(/[.,]/);
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0"));
}

export function amountOf(micros: number | null): string {
  if (micros === null) return "";
  const fraction = String(micros % 1_000_000)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${Math.floor(micros / 1_000_000)}.${fraction}`;
}
