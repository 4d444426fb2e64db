"use client";

import { lazy, Suspense } from "react";

interface FormulaProps {
  tex: string;
  isDisplay: boolean;
}

/** A formula, as it is written until the typesetter is there; that is fetched with the first one. */
export function Formula({ tex, isDisplay }: FormulaProps) {
  return (
    <Suspense fallback={<Source tex={tex} isDisplay={isDisplay} />}>
      <TypesetFormula tex={tex} isDisplay={isDisplay} />
    </Suspense>
  );
}

/** Out of reach, a formula stays as it is written. */
const TypesetFormula = lazy(() => import("./typeset-formula").catch(() => ({ default: Source })));

function Source({ tex, isDisplay }: FormulaProps) {
  return (
    <span dir="ltr" data-formula={isDisplay ? "display" : "inline"}>
      {tex}
    </span>
  );
}
