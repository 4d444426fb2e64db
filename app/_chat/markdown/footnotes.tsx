"use client";

import { memo, type ReactNode, useId, useMemo } from "react";
import { t } from "@/lib/i18n/translator";
import type { Block } from "./block-reader";
import { Blocks } from "./block-view";
import { FootnoteContext, FootnoteReturn, footnoteId } from "./footnote-mark";
import type { Footnote } from "./footnote-syntax";

/** Gathers a text's footnotes at its end, wherever they are written. */
export function Footnotes({ blocks, children }: { blocks: readonly Block[]; children: ReactNode }) {
  const prefix = useId();
  const notes = blocks.flatMap(({ token }) => (token.type === "footnote" ? [token] : []));
  // The same value until there is another footnote: every reference is drawn again with it.
  const labels = notes.map(({ label }) => label).join(" ");
  const context = useMemo(() => ({ prefix, labels: labels.split(" ") }), [prefix, labels]);
  return (
    <FootnoteContext value={context}>
      {children}
      {notes.length > 0 && (
        <section data-footnotes aria-label={t("markdown.footnotes")}>
          <ol>
            {notes.map((note) => (
              <Note key={note.label} note={note} id={footnoteId(prefix, note.label)} />
            ))}
          </ol>
        </section>
      )}
    </FootnoteContext>
  );
}

const Note = memo(function Note({ note, id }: { note: Footnote; id: string }) {
  return (
    <li id={id}>
      <Blocks tokens={note.tokens} />
      <FootnoteReturn label={note.label} />
    </li>
  );
});
