"use client";

import Link from "next/link";
import { type ReactNode, useRef } from "react";
import useSWRInfinite from "swr/infinite";
import { api } from "@/app/_client/api";
import { browserTimeZone } from "@/app/_client/use-usage";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { getUsage } from "@/lib/api/usage";
import { t } from "@/lib/i18n/usage-translator";
import { dollars } from "@/lib/usage/dollars";
import type { UsageFigures, UsageItem, UsageReport } from "@/lib/usage/usage-report";
import type { UsageQuery } from "@/lib/usage/usage-reports";
import { UsageFailure } from "./usage-failure";

const pageSize = 10;

interface UsageTableProps {
  query: Pick<UsageQuery, "scope" | "by" | "from" | "to">;
  total: UsageFigures;
}

/** The dearest first, with its share of the whole. */
export function UsageTable({ query, total }: UsageTableProps) {
  const tz = browserTimeZone();
  const box = useRef<HTMLDivElement>(null);
  const { data, error, isLoading, isValidating, size, setSize, mutate } = useSWRInfinite(
    (index, former: UsageReport | null) => {
      if (index > 0 && !former?.nextCursor) return null;
      return [
        "usage items",
        { ...query, tz, limit: pageSize, cursor: former?.nextCursor ?? undefined },
      ] as const;
    },
    ([, asked]) => api(getUsage, { query: asked }),
    { revalidateFirstPage: false },
  );
  const items = data?.flatMap((page) => page.items) ?? [];
  const hasMore = data?.at(-1)?.nextCursor != null;
  if (error && !data) return <UsageFailure isTrying={isValidating} onRetry={() => void mutate()} />;
  if (isLoading) return <p className="text-sm text-ink-faint">{t("state.loading")}</p>;
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <table className="w-full table-fixed text-sm tabular-nums">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th scope="col" className="py-2 pe-3 text-start font-normal">
              {t(`usage.by.${query.by}`)}
            </th>
            <th scope="col" className="w-14 py-2 pe-3 text-end font-normal max-sm:hidden">
              {t("usage.calls")}
            </th>
            <th scope="col" className="w-24 py-2 pe-3 text-end font-normal max-sm:hidden">
              {t("usage.tokensIn")}
            </th>
            <th scope="col" className="w-24 py-2 pe-3 text-end font-normal max-sm:hidden">
              {t("usage.tokensOut")}
            </th>
            <th scope="col" className="w-20 py-2 text-end font-normal">
              {t("usage.cost")}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.key} className="border-b border-line">
              <th scope="row" className="py-2 pe-3 text-start font-normal">
                <span className="block truncate">{nameOf(item, query)}</span>
                <span
                  aria-hidden
                  className="mt-1 block h-1 rounded-full bg-accent"
                  style={{ width: `${shareOf(item, total)}%` }}
                />
              </th>
              <td className="py-2 pe-3 text-end align-top max-sm:hidden">{item.calls.toLocaleString()}</td>
              <td className="py-2 pe-3 text-end align-top max-sm:hidden">
                {item.inputTokens.toLocaleString()}
              </td>
              <td className="py-2 pe-3 text-end align-top max-sm:hidden">
                {item.outputTokens.toLocaleString()}
              </td>
              <td className="py-2 text-end align-top">{dollars(item.costMicros)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && <UsageFailure isTrying={isValidating} onRetry={() => void mutate()} />}
      {hasMore && !error && (
        <Button
          size="small"
          look="quiet"
          className="mt-2"
          ref={handOnFocus(() => box.current?.focus({ preventScroll: true }))}
          aria-disabled={isValidating}
          onClick={() => isValidating || setSize(size + 1)}
        >
          {isValidating ? t("state.loading") : t("usage.more")}
        </Button>
      )}
    </div>
  );
}

function nameOf(item: UsageItem, { by, scope }: UsageTableProps["query"]): ReactNode {
  const { key, name } = item;
  switch (by) {
    case "chat":
      if (name === null) return t("usage.deletedChat");
      return (
        <Link
          href={`/chat/${key}`}
          prefetch={false}
          className="underline-offset-4 hover:underline"
          dir="auto"
        >
          {name}
        </Link>
      );
    case "key": {
      const provider = item.provider ?? "";
      if (scope === "installation" && name === null)
        return t(key.startsWith("installation/") ? "usage.environmentKey" : "usage.formerKey", { provider });
      const whose = item.payer === "person" ? "usage.ownKey" : "usage.installationKey";
      return `${t(whose, { provider })}${name === null ? "" : ` (${name})`}`;
    }
    case "person":
      return name ?? t("usage.guest");
    case "model":
    case "day":
      return key;
    default:
      return by satisfies never;
  }
}

function shareOf({ costMicros, calls }: UsageItem, total: UsageFigures): number {
  const share = total.costMicros > 0 ? costMicros / total.costMicros : calls / Math.max(1, total.calls);
  return Math.round(Math.min(1, share) * 1000) / 10;
}
