"use client";

import { ListOrdered, WrapText } from "lucide-react";
import { useState } from "react";
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
  return (
    <figure
      dir="ltr"
      aria-label={language ? t("markdown.codeIn", { language }) : t("markdown.code")}
      className="overflow-hidden rounded-md border border-line bg-sunken"
    >
      <figcaption className="flex min-h-9 items-center border-b border-line pr-1 pl-3.5 text-xs text-ink-faint">
        <span className="min-w-0 flex-1 truncate">{language ?? t("markdown.plain")}</span>
        <IconButton
          icon={ListOrdered}
          size="small"
          label={t("markdown.lineNumbers")}
          aria-pressed={isNumbered}
          onClick={() => setNumbered(!isNumbered)}
        />
        <IconButton
          icon={WrapText}
          size="small"
          label={t("markdown.wrap")}
          aria-pressed={isWrapped}
          onClick={() => setWrapped(!isWrapped)}
        />
        <CopyButton
          label={t("markdown.copyCode")}
          copiedLabel={t("message.copied")}
          failedLabel={t("message.copyFailed")}
          read={() => code}
        />
      </figcaption>
      <pre
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
