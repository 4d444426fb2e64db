import { locale } from "@/lib/i18n/languages";

/** How long ago in words, in the largest unit that gives a number: "now", "6 minutes ago", "yesterday". Milliseconds since 1970. */
export function timeAgo(then: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - then) / minuteMs));
  // What is known is known to some minutes only.
  if (minutes < justNowMinutes) return format.format(0, "second");
  for (const [unit, length] of units) {
    if (minutes >= length) return format.format(-Math.floor(minutes / length), unit);
  }
  return format.format(-minutes, "minute");
}

const minuteMs = 60_000;
const justNowMinutes = 6;
const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

const units = [
  ["year", 365 * 24 * 60],
  ["month", 30 * 24 * 60],
  ["day", 24 * 60],
  ["hour", 60],
] as const;
