"use client";

import { ListOrdered, WrapText } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/translator";
import { CodeLines } from "./code-lines";
import { useHighlighting } from "./use-highlighting";

interface CodeBlockProps {
  language: string | null;
  code: string;
}

export function CodeBlock({ language, code }: CodeBlockProps) {
  const [isWrapped, setWrapped] = useState(false);
  const [isNumbered, setNumbered] = useState(false);
  const coloured = useHighlighting(code, language);
  const { diagram, toggleDiagram, failDiagram } = useDiagram(code);
  return (
    <figure
      dir="ltr"
      aria-label={language ? t("markdown.codeIn", { language }) : t("markdown.code")}
      className="overflow-hidden rounded-md border border-line bg-sunken"
    >
      <figcaption className="flex min-h-9 items-center border-b border-line pr-1 pl-3.5 text-xs text-ink-faint">
        <span className="min-w-0 flex-1 truncate">{language ?? t("markdown.plain")}</span>
        {language === "mermaid" && diagram !== "failed" && (
          <Button size="small" look="quiet" onClick={toggleDiagram}>
            {diagram === "shown" ? t("markdown.showCode") : t("markdown.showDiagram")}
          </Button>
        )}
        <IconButton
          icon={ListOrdered}
          size="small"
          label={t("markdown.lineNumbers")}
          aria-pressed={isNumbered}
          className={toggle}
          onClick={() => setNumbered(!isNumbered)}
        />
        <IconButton
          icon={WrapText}
          size="small"
          label={t("markdown.wrap")}
          aria-pressed={isWrapped}
          className={toggle}
          onClick={() => setWrapped(!isWrapped)}
        />
        <CopyButton
          label={t("markdown.copyCode")}
          copiedLabel={t("message.copied")}
          failedLabel={t("message.copyFailed")}
          read={() => code}
        />
      </figcaption>
      {diagram === "failed" && (
        <p role="status" className="px-3.5 pt-3 text-sm text-ink-soft">
          {t("markdown.diagramFailed")}
        </p>
      )}
      {diagram === "shown" && (
        <Suspense>
          <Diagram source={code} onFailed={failDiagram} />
        </Suspense>
      )}
      <pre
        hidden={diagram === "shown"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        data-wrapped={isWrapped || undefined}
        data-numbered={isNumbered || undefined}
        className="overflow-x-auto px-3.5 py-3 font-mono text-[0.84rem] leading-[1.6] -outline-offset-2"
      >
        <code>
          <CodeLines code={code} coloured={coloured} />
        </code>
      </pre>
    </figure>
  );
}

const toggle = "aria-pressed:bg-hover aria-pressed:text-accent";

const Diagram = lazy(() => import("./diagram"));

/** Of code that changes, the code is shown. */
function useDiagram(code: string) {
  const [asked, setAsked] = useState<{ code: string; state: "shown" | "failed" } | null>(null);
  const diagram = asked?.code === code ? asked.state : "hidden";
  return {
    diagram,
    toggleDiagram: () => setAsked(diagram === "shown" ? null : { code, state: "shown" }),
    failDiagram: useCallback(() => setAsked({ code, state: "failed" }), [code]),
  };
}
