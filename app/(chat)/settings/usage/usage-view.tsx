"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { browserTimeZone, useUsage } from "@/app/_client/use-usage";
import { buttonClass } from "@/app/_ui/button";
import { Choice } from "@/app/_ui/choice";
import { t } from "@/lib/i18n/usage-translator";
import { dayIn, daysBefore } from "@/lib/usage/days";
import { dollars } from "@/lib/usage/dollars";
import type { UsageFigures, usageGroupings, usageScopes } from "@/lib/usage/usage-report";
import { UsageChart } from "./usage-chart";
import { UsageFailure } from "./usage-failure";
import { UsageTable } from "./usage-table";
import { useInBrowser } from "./use-in-browser";

type Grouping = (typeof usageGroupings)[number];
type Scope = (typeof usageScopes)[number];
type Range = keyof typeof daysOf;

const daysOf = { week: 7, month: 30, quarter: 90, year: 365 } as const;
const ranges: readonly Range[] = ["week", "month", "quarter", "year"];
const groupings: Record<Scope, readonly Grouping[]> = {
  own: ["model", "chat", "key"],
  installation: ["person", "model", "key"],
};

/** What was spent in a time: in all, by day, and by what is chosen. */
export function UsageView({ scope }: { scope: Scope }) {
  // Which day it is, the browser knows.
  return useInBrowser() ? <Usage scope={scope} /> : <Placeholder />;
}

function Usage({ scope }: { scope: Scope }) {
  const [range, setRange] = useState<Range>("month");
  const [by, setBy] = useState<Grouping>(groupings[scope][0] ?? "model");
  const tz = browserTimeZone();
  const to = dayIn(tz, new Date());
  const from = daysBefore(to, daysOf[range] - 1);
  const usage = useUsage({ scope, by: "day", from, to, limit: 500 });
  // The figures of another time stay until those of this one are here, and no longer once these have failed.
  const isOfThisTime = usage.data?.from === from && usage.data.to === to;
  const data = usage.error && !isOfThisTime ? undefined : usage.data;
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="max-w-lg">
        <Choice
          label={t("usage.range")}
          value={range}
          options={ranges.map((value) => ({ value, label: t(`usage.range.${value}`) }))}
          onChoose={(value) => setRange(value)}
        />
      </div>
      {usage.error && (
        // As high as what stood there while it was loading.
        <div className={data ? undefined : "min-h-64"}>
          <UsageFailure isTrying={usage.isValidating} onRetry={() => void usage.mutate()} />
        </div>
      )}
      {!data && !usage.error && <Placeholder />}
      {data && data.total.calls === 0 && <p className="text-sm text-ink-faint">{t("usage.nothing")}</p>}
      {data && data.total.calls > 0 && (
        <>
          <Totals total={data.total} />
          <UsageChart days={data.items} from={data.from} to={data.to} />
          <div className="max-w-lg">
            <Choice
              label={t("usage.by")}
              value={by}
              options={groupings[scope].map((value) => ({ value, label: t(`usage.by.${value}`) }))}
              onChoose={(value) => setBy(value)}
            />
          </div>
          <UsageTable key={`${by} ${range}`} query={{ scope, by, from, to }} total={data.total} />
          <a
            href={`/api/usage?${new URLSearchParams({ scope, by, from, to, tz, format: "csv" })}`}
            download
            className={buttonClass("outline", "medium", "justify-self-start")}
          >
            <Download aria-hidden className="size-4" />
            {t("usage.csv")}
          </a>
        </>
      )}
    </div>
  );
}

function Totals({ total }: { total: UsageFigures }) {
  const { costMicros, calls, inputTokens, outputTokens, estimatedMicros, unknownCalls } = total;
  const figures = [
    [t("usage.cost"), dollars(costMicros)],
    [t("usage.calls"), calls.toLocaleString()],
    [t("usage.tokensIn"), inputTokens.toLocaleString()],
    [t("usage.tokensOut"), outputTokens.toLocaleString()],
  ];
  const notes = [
    ...(estimatedMicros > 0 ? [t("usage.estimated", { cost: dollars(estimatedMicros) })] : []),
    ...(unknownCalls > 0 ? [t("usage.unknown", { count: unknownCalls })] : []),
  ];
  return (
    <div>
      <dl className="flex flex-wrap items-end gap-x-10 gap-y-4 max-sm:grid max-sm:grid-cols-3">
        {figures.map(([name, value], index) => (
          <div key={name} className="flex flex-col-reverse justify-end max-sm:first:col-span-3">
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className={`font-display tabular-nums ${index === 0 ? "text-2xl font-medium" : "text-xl"}`}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && <p className="mt-3 text-sm text-ink-faint text-pretty">{notes.join(" ")}</p>}
    </div>
  );
}

function Placeholder() {
  return (
    <p role="status" className="grid h-64 place-items-center text-sm text-ink-faint">
      <span className="animate-appear-late">{t("state.loading")}</span>
    </p>
  );
}
