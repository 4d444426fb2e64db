"use client";

import { CircleAlert, Info, Scissors } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import useSWR from "swr/whole";
import { toFailure } from "@/app/_client/chat-failure";
import { Alert } from "@/app/_ui/alert";
import { Button, buttonClass } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { OpenMark } from "@/app/_ui/open-mark";
import { writeClipboard } from "@/app/_ui/write-clipboard";
import { createId } from "@/lib/chats/id";
import { t } from "@/lib/i18n/prompt-translator";
import type { PromptView, promptStates } from "@/lib/prompts/prompt-view";
import { PromptLore } from "./prompt-lore";
import { PromptPieces } from "./prompt-pieces";
import { ScrolledText } from "./scrolled-text";
import { tokensText } from "./tokens-text";

/** A prompt, and for one that was sent what is known of that. */
export type ShownPrompt = PromptView & {
  state?: (typeof promptStates)[number];
  isContinuation?: boolean;
  isOverLimit?: boolean;
};

interface PromptDialogProps {
  title: string;
  load(): Promise<ShownPrompt>;
  onClose(): void;
}

/** All that a model is told, piece by piece and as the request itself. */
export function PromptDialog({ title, load, onClose }: PromptDialogProps) {
  // Each opening looks anew: in between anything may have been written or set.
  const [opening] = useState(createId);
  const { data, error } = useSWR(["prompt", opening], load, { revalidateOnFocus: false });
  return (
    <Dialog title={title} onClose={onClose} shape="sheet">
      {error && (
        <Alert tone="danger" icon={CircleAlert} isUrgent>
          {toFailure(error).message}
        </Alert>
      )}
      {!data && !error && (
        <p role="status" className="text-sm text-ink-faint">
          {t("prompt.loading")}
        </p>
      )}
      {data && <Prompt prompt={data} />}
      <div className="sticky bottom-0 -mx-6 mt-4 -mb-6 flex flex-wrap items-center justify-end gap-2 bg-raised px-6 py-4">
        <Button look="quiet" onClick={onClose}>
          {t("action.close")}
        </Button>
        {data && data.request !== null && <CopyRequest request={data.request} />}
      </div>
    </Dialog>
  );
}

function Prompt({ prompt }: { prompt: ShownPrompt }) {
  const { pieces, leftOut, fits, lore, request, state, isContinuation, isOverLimit } = prompt;
  return (
    <div className="grid gap-4">
      <Size prompt={prompt} />
      {!fits && (
        <Alert tone="danger" icon={CircleAlert}>
          {t("prompt.tooLong")}
        </Alert>
      )}
      {isOverLimit && (
        <Alert tone="danger" icon={CircleAlert}>
          {t("prompt.overLimit")}
        </Alert>
      )}
      {leftOut && (
        <Alert tone="info" icon={Scissors} title={t("prompt.leftOut", { count: leftOut.messages })}>
          {t("prompt.leftOutWhy")}{" "}
          <Link
            href="/settings/prompt#context"
            prefetch={false}
            className="font-medium text-accent underline-offset-4 hover:underline"
          >
            {t("prompt.contextSettings")}
          </Link>
        </Alert>
      )}
      {(state === "changed" || state === "unknown") && (
        <Alert tone="warn" icon={Info}>
          {t(state === "changed" ? "prompt.changed" : "prompt.unknown")}
        </Alert>
      )}
      {state === "rebuilt" && (
        <Alert tone="info" icon={Info}>
          {t("prompt.rebuilt")}
        </Alert>
      )}
      {isContinuation && (
        <Alert tone="info" icon={Info}>
          {t("prompt.continuation")}
        </Alert>
      )}
      {state === "taken-over" && (
        <Alert tone="info" icon={Info}>
          {t("prompt.takenOver")}
        </Alert>
      )}
      {pieces.length === 0 ? (
        <p className="text-sm text-ink-soft">{t("prompt.empty")}</p>
      ) : (
        <PromptPieces pieces={pieces} />
      )}
      {lore && (lore.told.length > 0 || lore.notes.length > 0) && <PromptLore lore={lore} />}
      <Request request={request} label={t(requestLabels[state ?? "coming"])} />
    </div>
  );
}

/** How much of the context the prompt takes, in words and as a bar. */
function Size({ prompt }: { prompt: ShownPrompt }) {
  const { model, promptTokens, isEstimate, contextLength, answerReserveTokens } = prompt;
  const share = (count: number) => `${contextLength ? Math.min(100, (count / contextLength) * 100) : 0}%`;
  return (
    <div className="text-sm">
      <p className="text-ink-soft [overflow-wrap:anywhere]">
        <span className="font-medium text-ink">{model}</span>
        {" · "}
        <span className="tabular-nums">{tokensText(promptTokens, isEstimate)}</span>{" "}
        {contextLength !== null &&
          t("prompt.ofContext", {
            context: contextLength.toLocaleString(),
            reserve: answerReserveTokens.toLocaleString(),
          })}
      </p>
      {contextLength !== null && (
        <div aria-hidden className="mt-2 flex h-1.5 overflow-hidden rounded-full bg-hover">
          <div className="bg-accent" style={{ width: share(promptTokens) }} />
          <div className="ms-auto bg-line-strong" style={{ width: share(answerReserveTokens) }} />
        </div>
      )}
      <p className="mt-2 text-xs text-ink-faint text-pretty">
        {isEstimate ? t("prompt.estimate", { model }) : t("prompt.exact")}{" "}
        {contextLength === null && t("prompt.noContext")}
      </p>
    </div>
  );
}

const requestLabels = {
  coming: "prompt.request",
  exact: "prompt.asked",
  rebuilt: "prompt.askedAbout",
  changed: "prompt.askedAbout",
  continued: "prompt.askedAbout",
  "taken-over": "prompt.askedAbout",
  unknown: "prompt.askedAbout",
} as const;

function Request({ request, label }: { request: string | null; label: string }) {
  const [isOpen, setOpen] = useState(false);
  if (request === null) return <p className="text-sm text-ink-faint">{t("prompt.noRequest")}</p>;
  return (
    <details
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-lg border border-line"
    >
      <summary className="flex min-h-11 list-none items-center gap-2 px-3 py-2 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <OpenMark />
        {label}
      </summary>
      {isOpen && (
        <ScrolledText
          label={label}
          text={request}
          className="border-t border-line bg-sunken p-3.5 font-mono text-xs"
        />
      )}
    </details>
  );
}

function CopyRequest({ request }: { request: string }) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const words = { idle: "prompt.copy", copied: "prompt.copied", failed: "prompt.copyFailed" } as const;

  async function copy() {
    setOutcome((await writeClipboard(request)) ? "copied" : "failed");
  }
  return (
    <>
      <button type="button" className={buttonClass("primary")} onClick={copy}>
        {t(outcome === "copied" ? "prompt.copied" : "prompt.copy")}
      </button>
      <output className="sr-only">{outcome === "idle" ? "" : t(words[outcome])}</output>
    </>
  );
}
