"use client";

import { useUsage } from "@/app/_client/use-usage";
import { t } from "@/lib/i18n/usage-translator";
import { dollars } from "@/lib/usage/dollars";

/** What a chat has cost in all; nothing for one that was free. */
export function ChatCost({ chatId }: { chatId: string }) {
  const { data } = useUsage({ by: "model", chat: chatId, limit: 1 });
  if (!data || data.total.costMicros === 0) return null;
  return (
    <p className="mt-1 border-t border-line px-2.5 pt-2 pb-1 text-xs text-ink-faint tabular-nums">
      {t("chat.cost", { cost: dollars(data.total.costMicros) })}
    </p>
  );
}
