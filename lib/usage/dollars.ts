const tenCents = 100_000;

/** Micro-dollars as a price; what is below ten cents is told to two digits that say something. */
export function dollars(micros: number, locale?: string): string {
  const isTiny = micros !== 0 && Math.abs(micros) < tenCents;
  return (micros / 1_000_000).toLocaleString(locale, {
    style: "currency",
    currency: "USD",
    // Everything here is in US dollars, and says so once.
    currencyDisplay: "narrowSymbol",
    ...(isTiny ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  });
}
