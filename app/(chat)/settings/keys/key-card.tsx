"use client";

import { KeyRound, RefreshCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { ConnectLink } from "@/app/_chat/keys/connect-link";
import { KeyForm, savedText } from "@/app/_chat/keys/key-form";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { showToast } from "@/app/_ui/toasts";
import { type KeyScope, type ListedKeyPlace, type StoredKey, verifyKey } from "@/lib/api/keys";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/keys-translator";
import { KeyFacts } from "./key-facts";
import { RemoveKeyDialog } from "./remove-key-dialog";

interface KeyCardProps {
  place: ListedKeyPlace;
  scope: KeyScope;
  stored: StoredKey | null;
  now: number;
}

/** One provider: what key there is, how it fares, and what can be done with it. */
export function KeyCard({ place, scope, stored, now }: KeyCardProps) {
  const router = useRouter();
  const titleId = useId();
  const card = useRef<HTMLElement>(null);
  const [step, setStep] = useState<"idle" | "entering" | "checking" | "removing">("idle");
  const { name } = place;

  function saved(problem: ChatErrorType | null) {
    finish(savedText(name, problem));
  }

  /** The button that was pressed may go, and the focus must not go with it. */
  function finish(text: string) {
    setStep("idle");
    showToast(text);
    card.current?.focus();
    router.refresh();
  }

  async function check(key: StoredKey) {
    setStep("checking");
    try {
      const { problem } = await api(verifyKey, { params: { keyId: key.id } });
      showToast(checkedText(name, problem));
      router.refresh();
    } catch (cause) {
      showToast(toFailure(cause).message);
      router.refresh();
    }
    setStep("idle");
  }

  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="rounded-lg border border-line bg-raised p-4"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h4 id={titleId} className="font-medium">
          {scope === "person" ? name : t("keys.nameOf", { provider: name })}
        </h4>
        <StateBadge stored={stored} />
      </div>
      {stored ? (
        <KeyFacts
          stored={stored}
          name={name}
          now={now}
          isUsed={scope === "person" && place.source === "person"}
        />
      ) : (
        <p className="mt-1.5 text-sm text-ink-soft text-pretty">{absentText(place, scope)}</p>
      )}
      {step === "entering" ? (
        <KeyForm
          provider={place.provider}
          name={name}
          baseUrl={place.baseUrl}
          scope={scope}
          onSaved={saved}
          onCancel={() => {
            setStep("idle");
            card.current?.focus();
          }}
        />
      ) : (
        <div className="mt-4 flex flex-wrap gap-2">
          {place.canConnect && (
            <ConnectLink scope={scope} isAgain={stored !== null} look={stored ? "outline" : "primary"} />
          )}
          <Button onClick={() => setStep("entering")}>
            <KeyRound aria-hidden className="size-4" />
            {t(stored ? "keys.replace" : "keys.paste")}
          </Button>
          {stored?.state === "ready" && (
            <Button
              look="quiet"
              aria-disabled={step === "checking"}
              onClick={step === "checking" ? undefined : () => check(stored)}
            >
              <RefreshCw aria-hidden className="size-4" />
              {t(step === "checking" ? "keys.checking" : "keys.check")}
            </Button>
          )}
          {stored && (
            <Button look="quiet" onClick={() => setStep("removing")}>
              <Trash2 aria-hidden className="size-4" />
              {t("keys.remove")}
            </Button>
          )}
        </div>
      )}
      {step === "removing" && stored && (
        <RemoveKeyDialog
          stored={stored}
          name={name}
          onRemoved={() => finish(t("keys.removed"))}
          onClose={() => setStep("idle")}
        />
      )}
    </section>
  );
}

function StateBadge({ stored }: { stored: StoredKey | null }) {
  const isWell = stored?.state === "ready" && stored.lastError === null;
  const look = stored
    ? isWell
      ? "bg-accent-soft text-accent"
      : "bg-warn-soft text-warn"
    : "bg-sunken text-ink-soft";
  return (
    <span className={classNames("rounded-full px-2.5 py-0.5 text-xs font-medium", look)}>
      {t(stored ? (isWell ? "keys.state.ready" : "keys.state.attention") : "keys.state.none")}
    </span>
  );
}

function absentText({ source, canConnect }: ListedKeyPlace, scope: KeyScope): string {
  if (scope === "installation") return t("keys.noShared");
  const uses = t(source === null ? "keys.usesNothing" : "keys.usesInstallation");
  return canConnect ? `${uses} ${t("keys.connectText")}` : uses;
}

function checkedText(provider: string, problem: ChatErrorType | null): string {
  switch (problem) {
    case null:
      return t("keys.works");
    case "key_invalid":
      return t("keys.notAccepted", { provider });
    case "provider_credits":
      return t("keys.withoutCredit");
    default:
      return t("keys.notReached", { provider });
  }
}
