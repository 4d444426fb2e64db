import { shown, shownSpread } from "@/bench/figures.ts";
import { table } from "@/bench/table.ts";
import type { LoadFigures } from "./load.ts";

/** One table an interval: the servers side by side, each load with the floor of the same load above it. */
export function loadTables(figures: readonly LoadFigures[]): string {
  return [...Map.groupBy(figures, ({ intervalMs }) => intervalMs)]
    .map(([intervalMs, found]) => {
      const rows = found.map((each, index) => row(each, floorOf(found.slice(0, index + 1))));
      return [`${intervalMs} ms between two tokens:`, "", table(head, rows), ...warnings(found)].join("\n");
    })
    .join("\n\n");
}

const head = [
  "chats × server",
  "first event p50 / p99 ms",
  "first token p50 / p99 ms",
  "× floor",
  "last token late p50 / p99 ms",
  "text late p99 / max ms",
  "CPU ms a chat",
  "× floor",
  "CPU µs a token",
  "database CPU ms a chat",
  "memory before > peak MB",
  "tokens a second",
  "lost",
];

function row(each: LoadFigures, floor: LoadFigures | null): string[] {
  const { costs, chats, tokens } = each;
  const floorCpu = floor?.costs ? floor.costs.cpuMs / floor.chats : Number.NaN;
  return [
    `${each.concurrency} × ${each.target}`,
    shownSpread(each.firstEventMs),
    shownSpread(each.firstTokenMs),
    floor
      ? `${shown(each.firstTokenMs.p50 / floor.firstTokenMs.p50)} / ${shown(each.firstTokenMs.p99 / floor.firstTokenMs.p99)}`
      : "–",
    shownSpread(each.lastTokenLateMs),
    `${shown(each.textLateMs.p99)} / ${shown(each.textLateMs.max)}`,
    shown(costs ? costs.cpuMs / chats : Number.NaN),
    shown(costs ? costs.cpuMs / chats / floorCpu : Number.NaN),
    shown(costs ? (1_000 * costs.cpuMs) / tokens : Number.NaN),
    shown(each.databaseCpuMs === null ? Number.NaN : each.databaseCpuMs / chats),
    costs ? `${shown(costs.memoryBeforeMegabytes)} > ${shown(costs.memoryPeakMegabytes)}` : "–",
    Math.round(each.tokensPerSecond).toLocaleString("en"),
    lostOf(each),
  ];
}

function lostOf({ chats, whole, lost, extraCalls }: LoadFigures): string {
  const reasons = Object.entries(lost).map(([outcome, count]) => `${count} ${outcome}`);
  if (extraCalls > 0) reasons.push(`${extraCalls} asked twice`);
  return chats === whole && reasons.length === 0 ? "0" : reasons.join(", ");
}

/** The floor under the last of these: measured just before it, under the same load. */
function floorOf(figures: readonly LoadFigures[]): LoadFigures | null {
  const concurrency = figures.at(-1)?.concurrency;
  return figures.findLast((each) => each.target === "floor" && each.concurrency === concurrency) ?? null;
}

const busyShare = 0.7;
const punctualMs = 20;

/** Where the measuring itself was short of processor time, the figures are not the server's alone. */
function warnings(figures: readonly LoadFigures[]): string[] {
  const busy = figures.filter(
    ({ driverShare, upstreamShare, upstreamLateMs }) =>
      driverShare > busyShare || upstreamShare > busyShare || upstreamLateMs.p99 > punctualMs,
  );
  const lines = busy.map(
    ({ target, concurrency, driverShare, upstreamShare, upstreamLateMs }) =>
      `- ${concurrency} × ${target}: driver ${percent(driverShare)}, model server ${percent(upstreamShare)} of a core, ` +
      `and the model server itself late by ${shown(upstreamLateMs.p99)} ms at p99`,
  );
  return lines.length === 0 ? [] : ["", "Not the server's alone:", "", ...lines];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
