import type { z } from "zod";
import type { getMessage } from "@/lib/api/messages";
import { t } from "@/lib/i18n/panel-translator";
import type { Usage } from "@/lib/models/usage";
import { dollars } from "@/lib/usage/dollars";

type About = z.output<typeof getMessage.answer>;

export interface Details {
  /** `null` is what nobody knows. */
  rows: { name: string; value: string | null }[];
  /** Why something is not known. */
  note: string | null;
}

/** What is known of how an answer was written, over all the calls that it took. */
export function detailsOf({ message, writings }: About): Details {
  const last = writings.at(-1);
  const tokens = (kind: keyof Usage) =>
    roughly(
      writings,
      counted(
        writings.map(({ usage }) => usage?.[kind] ?? null),
        whole,
      ),
    );
  const durations = writings.map(({ startedAt, finishedAt }) => between(startedAt, finishedAt));
  const first = writings[0];
  return {
    rows: [
      { name: t("details.model"), value: last?.model ?? message.model },
      { name: t("details.provider"), value: last?.provider ?? null },
      { name: t("details.input"), value: tokens("inputTokens") },
      { name: t("details.output"), value: tokens("outputTokens") },
      { name: t("details.reasoning"), value: tokens("reasoningTokens") },
      { name: t("details.cached"), value: tokens("cachedTokens") },
      {
        name: t("details.cost"),
        value: roughly(
          writings,
          counted(
            writings.map(({ costMicros }) => costMicros),
            (micros) => dollars(micros),
          ),
        ),
      },
      {
        name: t("details.firstWord"),
        value: seconds(first ? between(first.startedAt, first.firstTokenAt) : null),
      },
      { name: t("details.duration"), value: counted(durations, seconds) },
      { name: t("details.speed"), value: speedOf(writings) },
      { name: t("details.when"), value: new Date(message.createdAt).toLocaleString(undefined, dateStyle) },
    ],
    note: noteOf(message, writings),
  };
}

const dateStyle = { dateStyle: "medium", timeStyle: "medium" } as const;

/** A sum of what is known; where something is missing from it, it says so. */
function counted(values: readonly (number | null)[], format: (sum: number) => string | null): string | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const text = format(known.reduce((sum, value) => sum + value, 0));
  return known.length < values.length ? t("details.atLeast", { value: text ?? "" }) : text;
}

function roughly(writings: About["writings"], value: string | null): string | null {
  const isRough = value !== null && writings.some(({ isEstimated }) => isEstimated);
  return isRough ? t("details.about", { value }) : value;
}

function speedOf(writings: About["writings"]): string | null {
  const measured = writings.flatMap(({ usage, startedAt, firstTokenAt, finishedAt }) => {
    const ms = between(firstTokenAt, finishedAt) || between(startedAt, finishedAt);
    const tokens = usage?.outputTokens ?? null;
    return ms !== null && ms > 0 && tokens !== null ? [{ ms, tokens }] : [];
  });
  const ms = measured.reduce((sum, one) => sum + one.ms, 0);
  if (ms === 0) return null;
  const rate = (measured.reduce((sum, one) => sum + one.tokens, 0) / ms) * 1000;
  return t("details.perSecond", { rate: rate.toLocaleString(undefined, { maximumFractionDigits: 1 }) });
}

function noteOf({ metadata, status }: About["message"], writings: About["writings"]): string | null {
  if (metadata.edited) return t("details.edited");
  if (writings.length === 0) return t("details.copied");
  if (status === "streaming") return t("details.running");
  if (writings.some(({ isKeyGone }) => isKeyGone)) return t("details.keyGone");
  if (writings.some(({ isEstimated }) => isEstimated)) return t("details.estimated");
  if (writings.every(({ usage }) => usage !== null)) return null;
  return status === "complete" ? t("details.silent") : t("details.cut");
}

function between(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Math.max(0, Date.parse(to) - Date.parse(from));
}

function whole(value: number): string {
  return value.toLocaleString();
}

function seconds(ms: number | null): string | null {
  if (ms === null) return null;
  const digits = ms < 10_000 ? 2 : 1;
  return t("details.seconds", {
    seconds: (ms / 1000).toLocaleString(undefined, { maximumFractionDigits: digits }),
  });
}
