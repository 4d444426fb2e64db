import { t } from "@/lib/i18n/prompt-translator";

export function tokensText(count: number, isEstimate: boolean): string {
  return t(isEstimate ? "prompt.aboutTokens" : "prompt.tokens", { count });
}
