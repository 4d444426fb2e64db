"use client";

import { Pin } from "lucide-react";
import { OpenMark } from "@/app/_ui/open-mark";
import { t } from "@/lib/i18n/prompt-translator";
import type { PromptPiece } from "@/lib/prompts/prompt-view";
import { ScrolledText } from "./scrolled-text";
import { tokensText } from "./tokens-text";

// So many can be read at a glance; of more, one opens what one wants to see.
const openMax = 6;

/** The pieces of a prompt in their order, each to be opened. */
export function PromptPieces({ pieces }: { pieces: readonly PromptPiece[] }) {
  return (
    <ol className="grid grid-cols-1 gap-1.5">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a prompt that is shown does not change
        <li key={index} className="[contain-intrinsic-size:auto_3rem] [content-visibility:auto]">
          <Piece piece={piece} isOpen={pieces.length <= openMax} />
        </li>
      ))}
    </ol>
  );
}

function Piece({ piece, isOpen }: { piece: PromptPiece; isOpen: boolean }) {
  const { kind, role, source, text, tokens, isEstimate, isCached } = piece;
  const name = t(
    kind === "message" ? (role === "assistant" ? "piece.assistant" : "piece.user") : `piece.${kind}`,
  );
  return (
    <details open={isOpen} className="group/piece rounded-lg border border-line">
      <summary className="flex min-h-11 list-none items-center gap-2 px-3 py-2 text-sm [&::-webkit-details-marker]:hidden">
        <OpenMark />
        <span className="shrink-0 font-medium">{name}</span>
        {source && source !== kind && (
          <span className="shrink-0 text-xs text-ink-faint">{t(`source.${source}`)}</span>
        )}
        <span
          aria-hidden
          dir="auto"
          className="min-w-0 flex-1 truncate text-ink-faint group-open/piece:invisible"
        >
          {text.slice(0, 200)}
        </span>
        {isCached && (
          <span data-tip={t("prompt.cached")}>
            <Pin aria-hidden className="size-3.5 text-ink-faint" />
            <span className="sr-only">{t("prompt.cached")}</span>
          </span>
        )}
        <span className="shrink-0 text-xs tabular-nums text-ink-soft">{tokensText(tokens, isEstimate)}</span>
      </summary>
      <ScrolledText label={name} text={text} className="border-t border-line px-3.5 py-3 text-sm" />
    </details>
  );
}
