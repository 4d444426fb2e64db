import { CircleAlert } from "lucide-react";
import { Alert } from "@/app/_ui/alert";
import { timeAgo } from "@/app/(chat)/settings/account/time-ago";
import type { StoredKey } from "@/lib/api/keys";
import { t } from "@/lib/i18n/keys-translator";

interface KeyFactsProps {
  stored: StoredKey;
  name: string;
  /** The server's: the first drawing and the next must agree. */
  now: number;
  isUsed: boolean;
}

/** What is known of a stored key, and what is wrong with it. */
export function KeyFacts({ stored, name, now, isUsed }: KeyFactsProps) {
  const problem = problemOf(stored, name, now);
  const since = (moment: string) => sinceText(moment, now);
  const facts = [
    stored.verifiedAt ? t("keys.verified", { time: since(stored.verifiedAt) }) : t("keys.unverified"),
    stored.lastUsedAt ? t("keys.used", { time: since(stored.lastUsedAt) }) : t("keys.unused"),
  ];
  return (
    <>
      <p className="mt-1.5 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
        <code className="font-mono">{stored.masked}</code>
        <span className="text-ink-soft">{facts.join(", ")}</span>
      </p>
      {isUsed && !problem && <p className="mt-1 text-sm text-ink-soft">{t("keys.usesOwn")}</p>}
      {problem && (
        <div className="mt-3">
          <Alert tone="warn" icon={CircleAlert}>
            {problem}
          </Alert>
        </div>
      )}
    </>
  );
}

function problemOf({ state, lastError, baseUrl }: StoredKey, provider: string, now: number): string | null {
  if (state === "unreadable") return t("keys.unreadable");
  if (state === "elsewhere") return t("keys.elsewhere", { provider, address: baseUrl });
  if (!lastError) return null;
  return t(`keys.refused.${lastError.type}`, { provider, time: sinceText(lastError.at, now) });
}

/** Within a sentence. */
function sinceText(moment: string, now: number): string {
  const then = Date.parse(moment);
  return now - then < momentMs ? t("keys.moment") : timeAgo(then, now);
}

const momentMs = 6 * 60_000;
