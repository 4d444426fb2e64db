import { AppError } from "@/lib/errors/app-error";
import { locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/usage-translator";
import { dollars } from "./dollars";
import type { Limit } from "./standing";

/** `quota_exceeded` in words that say what is left and when there is more; `details` has the figures. */
export function overBudget(standing: Limit): AppError {
  const { whose, limitMicros, spentMicros, heldMicros, leftMicros, period, renewsAt } = standing;
  const sentences = [
    t(`limit.${whose}`, {
      limit: dollars(limitMicros, locale),
      period: t(`limit.${period}`),
      left: dollars(leftMicros, locale),
      renewal: renewsAt.toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" }),
    }),
    ...(heldMicros > 0 ? [t("limit.held", { held: dollars(heldMicros, locale) })] : []),
  ];
  return new AppError("quota_exceeded", `over the ${whose}'s budget`, {
    words: sentences.join(" "),
    details: {
      whose,
      period,
      limitMicros,
      spentMicros,
      heldMicros,
      leftMicros,
      renewsAt: renewsAt.toISOString(),
    },
  });
}
