import { costMicrosMax } from "@/lib/models/usage";

/**
 * What a call cost, in dollars as a provider writes them, number or decimal string, in whole micro-dollars,
 * rounded half up; `null` for what is no such sum. Digits are counted in decimal, because
 * `0.0000285 * 1e6` is 28.499999999999996.
 */
export function microsFromDollars(dollars: unknown): number | null {
  const amount = amountOf(dollars);
  if (amount === null) return null;
  const [whole = "", fraction = ""] = amount.toFixed(12).split(".");
  const roundsUp = Number(fraction[6]) >= 5;
  const micros = Number(whole) * 1_000_000 + Number(fraction.slice(0, 6)) + (roundsUp ? 1 : 0);
  return micros <= costMicrosMax ? micros : null;
}

/** Dollars per token as dollars per million tokens; `null` where the price is not fixed (`"-1"`). */
export function pricePerMillion(dollarsPerToken: unknown): number | null {
  const amount = amountOf(dollarsPerToken);
  return amount === null ? null : Math.round(amount * 1e12) / 1e6;
}

/** Dollars for one request or one picture. */
export function pricePerPiece(dollars: unknown): number | null {
  return amountOf(dollars);
}

function amountOf(value: unknown): number | null {
  if (typeof value !== "number" && typeof value !== "string") return null;
  if (typeof value === "string" && value.trim() === "") return null;
  const amount = Number(value);
  return Number.isFinite(amount) && amount >= 0 && amount < 1e9 ? amount : null;
}
