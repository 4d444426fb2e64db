"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import { OpenMark } from "@/app/_ui/open-mark";
import { t } from "@/lib/i18n/usage-translator";
import { daysBefore } from "@/lib/usage/days";
import { dollars } from "@/lib/usage/dollars";
import type { UsageItem } from "@/lib/usage/usage-report";

interface Day {
  key: string;
  costMicros: number;
  calls: number;
}

const height = 120;
// A day that cost next to nothing is still seen to have cost something.
const leastHeight = 2;
const gapShare = 0.25;

interface UsageChartProps {
  days: readonly UsageItem[];
  from: string;
  to: string;
}

/** A bar for each day. One stop of the Tab key, in which the arrows go from day to day; and the same as a table. */
export function UsageChart({ days: items, from, to }: UsageChartProps) {
  const captionId = useId();
  const days = everyDay(items, from, to);
  const [marked, setMarked] = useState<number | null>(null);
  const dearest = days.reduce((most, day) => (day.costMicros > most.costMicros ? day : most), noDay);
  const shown = marked === null ? null : (days[marked] ?? null);

  function move(event: KeyboardEvent) {
    const last = days.length - 1;
    const at = marked ?? last;
    const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    setMarked(Math.min(last, Math.max(0, target)));
  }

  return (
    <figure>
      <figcaption id={captionId} className="mb-2 text-sm font-medium">
        {t("usage.chart")}
      </figcaption>
      {/* A slider is what screen readers know of things in which arrows go from value to value. */}
      <div
        role="slider"
        tabIndex={0}
        aria-labelledby={captionId}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={marked ?? days.length - 1}
        aria-valuetext={wordsOf(shown ?? days.at(-1) ?? noDay)}
        aria-readonly
        onKeyDown={move}
        onBlur={() => setMarked(null)}
        onPointerLeave={() => setMarked(null)}
        className="rounded-sm outline-offset-1"
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${days.length} ${height}`}
          preserveAspectRatio="none"
          className="block h-32 w-full border-b border-line"
        >
          {days.map(({ key, costMicros }, index) => {
            const tall =
              costMicros === 0 ? 0 : Math.max(leastHeight, (height * costMicros) / dearest.costMicros);
            return (
              <g key={key} onPointerEnter={() => setMarked(index)}>
                <rect
                  x={index}
                  width={1}
                  height={height}
                  className={index === marked ? "fill-hover" : "fill-transparent"}
                />
                <rect
                  x={index + gapShare / 2}
                  y={height - tall}
                  width={1 - gapShare}
                  height={tall}
                  className={index === marked ? "fill-accent-strong" : "fill-accent"}
                />
              </g>
            );
          })}
        </svg>
      </div>
      <div className="mt-1.5 flex justify-between gap-3 text-xs text-ink-faint tabular-nums">
        <span className="shrink-0">{nameOf(from, axisStyle)}</span>
        <span className={classNames("text-center text-balance", shown && "text-ink")}>
          {shown
            ? wordsOf(shown)
            : dearest.costMicros > 0 &&
              t("usage.dearest", { day: nameOf(dearest.key), cost: dollars(dearest.costMicros) })}
        </span>
        <span className="shrink-0">{nameOf(to, axisStyle)}</span>
      </div>
      <details className="mt-3 text-sm">
        <summary className="-ms-0.5 flex w-fit list-none items-center gap-1 text-ink-soft pointer-coarse:py-3 hover:text-ink [&::-webkit-details-marker]:hidden">
          <OpenMark />
          {t("usage.asTable")}
        </summary>
        <table className="mt-2 tabular-nums">
          <thead>
            <tr className="text-start text-ink-soft">
              <th scope="col" className="pe-8 text-start font-normal">
                {t("usage.day")}
              </th>
              <th scope="col" className="pe-8 text-end font-normal">
                {t("usage.cost")}
              </th>
              <th scope="col" className="text-end font-normal">
                {t("usage.calls")}
              </th>
            </tr>
          </thead>
          <tbody>
            {days
              .filter(({ calls }) => calls > 0)
              .map(({ key, costMicros, calls }) => (
                <tr key={key}>
                  <th scope="row" className="pe-8 text-start font-normal">
                    {nameOf(key)}
                  </th>
                  <td className="pe-8 text-end">{dollars(costMicros)}</td>
                  <td className="text-end">{calls.toLocaleString()}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

const axisStyle = { day: "numeric", month: "short" } as const;

const noDay: Day = { key: "", costMicros: 0, calls: 0 };

/** Days on which nothing was used are not among the items. */
function everyDay(items: readonly UsageItem[], from: string, to: string): Day[] {
  const known = new Map(items.map((item) => [item.key, item]));
  const days: Day[] = [];
  for (let key = from; key <= to; key = daysBefore(key, -1)) {
    const { costMicros, calls } = known.get(key) ?? noDay;
    days.push({ key, costMicros, calls });
  }
  return days;
}

function wordsOf({ key, costMicros, calls }: Day): string {
  const count = t("usage.callCount", { count: calls });
  return t("usage.dayCost", { day: nameOf(key), cost: dollars(costMicros), calls: count });
}

/** The day is one already: its name must not depend on where it is read. */
function nameOf(day: string, style: Intl.DateTimeFormatOptions = { dateStyle: "medium" }): string {
  if (day === "") return "";
  return new Date(day).toLocaleDateString(undefined, { ...style, timeZone: "UTC" });
}
