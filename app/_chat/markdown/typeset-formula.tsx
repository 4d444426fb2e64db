"use client";

import { render } from "katex";
import "katex/dist/katex.min.css";

interface TypesetFormulaProps {
  tex: string;
  isDisplay: boolean;
}

/** The typesetter builds the elements itself, in the place of the source. What it cannot read stays as it is written. */
export default function TypesetFormula({ tex, isDisplay }: TypesetFormulaProps) {
  return (
    <span
      key={`${isDisplay} ${tex}`}
      dir="ltr"
      data-formula={isDisplay ? "display" : "inline"}
      ref={(place) => {
        if (place === null) return;
        try {
          render(tex, place, { displayMode: isDisplay, throwOnError: true, trust: false, ...bounds });
        } catch {
          place.textContent = tex;
        }
      }}
    >
      {tex}
    </span>
  );
}

/** A formula may come from anybody: macros must not expand for ever, and rules not cover the page. */
const bounds = { maxExpand: 500, maxSize: 20, strict: "ignore" } as const;
