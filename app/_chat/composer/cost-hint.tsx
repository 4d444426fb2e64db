"use client";

import Link from "next/link";
import { type RefObject, useEffect, useState } from "react";
import useSWR from "swr/whole";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { t } from "@/lib/i18n/usage-translator";
import { dollars } from "@/lib/usage/dollars";
import { roughTokens } from "@/lib/usage/rough-tokens";
import { questionCost } from "./question-cost";

// Nobody reads prices while typing.
const pauseMs = 700;

interface CostHintProps {
  session: ChatSession;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** What the question in the field would cost, once it rests; nothing for what is free or of unknown price. */
export default function CostHint({ session, field }: CostHintProps) {
  const draftTokens = useDraftTokens(field);
  const asked = session.wouldAsk();
  const { data } = useSWR(
    draftTokens === null ? null : ["cost", asked, draftTokens],
    () => questionCost(asked, field.current?.value ?? ""),
    { keepPreviousData: true, shouldRetryOnError: false },
  );
  const { range, limit, isOverLimit } = data ?? {};
  if (!range || range.mostMicros === 0) return null;
  const { leastMicros, typicalMicros, mostMicros, boundMicros } = range;
  const figures = {
    least: dollars(leastMicros),
    typical: dollars(typicalMicros),
    most: dollars(mostMicros),
  };
  const explained = `${t("hint.explained", figures)}${boundMicros === null ? ` ${t("hint.open")}` : ""}`;
  const left = limit?.leftMicros ?? null;
  if (limit && left !== null && (isOverLimit || left < mostMicros)) {
    const renewal = new Date(limit.renewsAt).toLocaleDateString(undefined, { dateStyle: "medium" });
    const warning = t(isOverLimit ? "hint.over" : "hint.short", { left: dollars(left), renewal });
    return (
      <p role="status" className="min-w-0 truncate text-xs tabular-nums">
        <Link
          href="/settings/usage"
          prefetch={false}
          aria-label={`${explained} ${warning} ${t("hint.limits")}`}
          data-tip={warning}
          className={isOverLimit ? "text-danger" : "text-warn"}
        >
          {t("hint.left", { left: dollars(left) })}
        </Link>
      </p>
    );
  }
  return (
    <p data-tip={explained} className="min-w-0 truncate text-xs text-ink-faint tabular-nums">
      <span aria-hidden className="max-md:hidden">
        {t("hint.range", figures)}
      </span>
      <span aria-hidden className="md:hidden">
        {t("hint.most", figures)}
      </span>
      <span className="sr-only">{explained}</span>
    </p>
  );
}

/** `null` until the field rests. To two digits: a letter more is no other price. */
function useDraftTokens(field: CostHintProps["field"]): number | null {
  const [tokens, setTokens] = useState<number | null>(null);
  useEffect(() => {
    const input = field.current;
    if (!input) return;
    let timer: ReturnType<typeof setTimeout>;
    const count = () => {
      setTokens(Number(roughTokens(input.value).toPrecision(2)));
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(count, pauseMs);
    };
    wait();
    input.addEventListener("input", wait);
    return () => {
      clearTimeout(timer);
      input.removeEventListener("input", wait);
    };
  }, [field]);
  return tokens;
}
