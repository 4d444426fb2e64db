"use client";

import type { ToldStanding } from "@/lib/api/usage";
import { locale } from "@/lib/i18n/languages";
import { t } from "@/lib/i18n/usage-translator";
import { dollars } from "@/lib/usage/dollars";
import { useInBrowser } from "./use-in-browser";

/** How much of a limit is used up. */
export function StandingBar({ standing }: { standing: ToldStanding }) {
  // In the person's own time, in which it is another hour and maybe another day than in UTC.
  const isInBrowser = useInBrowser();
  const { limitMicros, leftMicros, spentMicros, heldMicros, renewsAt } = standing;
  if (limitMicros === null || leftMicros === null) return null;
  const share = (micros: number) =>
    `${limitMicros === 0 ? 100 : Math.min(100, (100 * micros) / limitMicros)}%`;
  const spent = t("budget.state", {
    spent: dollars(spentMicros, locale),
    limit: dollars(limitMicros, locale),
  });
  return (
    <div className="mb-5 max-w-lg text-sm">
      <div aria-hidden className="flex h-2 overflow-hidden rounded-full bg-sunken">
        <div className={leftMicros === 0 ? "bg-danger" : "bg-accent"} style={{ width: share(spentMicros) }} />
        <div className="bg-line-strong" style={{ width: share(heldMicros) }} />
      </div>
      <p className="mt-2 text-ink-soft tabular-nums text-pretty">
        {spent}.{" "}
        {t("budget.left", {
          left: dollars(leftMicros, locale),
          renewal: new Date(renewsAt).toLocaleString(locale, {
            dateStyle: "medium",
            timeStyle: "short",
            timeZone: isInBrowser ? undefined : "UTC",
          }),
        })}
        .{heldMicros > 0 && ` ${t("budget.heldNow", { held: dollars(heldMicros, locale) })}.`}
      </p>
    </div>
  );
}
