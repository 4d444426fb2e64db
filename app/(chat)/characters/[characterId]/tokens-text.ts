import type { CardCheck } from "@/lib/characters/card-check";
import { t } from "@/lib/i18n/characters-translator";

/** `undefined` where nothing is known yet, or nothing is there to be counted. */
export function tokensText(check: CardCheck | null, count: number | undefined): string | undefined {
  if (check === null || !count) return undefined;
  return t(check.isEstimate ? "check.aboutTokens" : "check.tokens", { count });
}
