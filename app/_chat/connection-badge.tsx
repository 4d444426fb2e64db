"use client";

import { CloudOff, type LucideIcon, RefreshCw, Timer } from "lucide-react";
import { useSyncExternalStore } from "react";
import { type ConnectionState, connection } from "@/app/_client/connection/connection";
import { classNames } from "@/app/_ui/class-names";
import { t } from "@/lib/i18n/translator";

/** How this page and its server get on: one quiet dot while all is well. */
export function ConnectionBadge() {
  const state = useSyncExternalStore(connection.subscribe, connection.state, () => "live" as const);
  const { icon: Icon, className } = looks[state];
  return (
    <output
      aria-label={t("connection.label")}
      data-tip={t(`connection.${state}Hint`)}
      className={classNames(
        "flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2 text-xs font-medium transition-colors",
        className,
      )}
    >
      {Icon ? (
        <Icon aria-hidden className={classNames("size-3.5", state === "reconnecting" && "animate-spin")} />
      ) : (
        <span aria-hidden className="size-1.5 rounded-full bg-current" />
      )}
      <span className={state === "live" ? "sr-only" : undefined}>{t(`connection.${state}`)}</span>
    </output>
  );
}

const looks: Record<ConnectionState, { icon: LucideIcon | null; className: string }> = {
  live: { icon: null, className: "text-ink-faint/60" },
  polling: { icon: Timer, className: "text-ink-soft" },
  reconnecting: { icon: RefreshCw, className: "animate-appear-late bg-warn-soft text-warn" },
  offline: { icon: CloudOff, className: "bg-warn-soft text-warn" },
};
