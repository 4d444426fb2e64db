"use client";

import { CopyButton } from "@/app/_ui/copy-button";
import { t } from "@/lib/i18n/translator";

interface CodeBlockProps {
  language: string | null;
  code: string;
}

export function CodeBlock({ language, code }: CodeBlockProps) {
  const text = code.replace(/\n$/, "");
  return (
    <figure
      dir="ltr"
      aria-label={language ? t("markdown.codeIn", { language }) : t("markdown.code")}
      className="overflow-hidden rounded-md border border-line bg-sunken"
    >
      <figcaption className="flex h-9 items-center justify-between border-b border-line pr-1 pl-3.5 text-xs text-ink-faint">
        <span>{language ?? t("markdown.plain")}</span>
        <CopyButton
          label={t("markdown.copyCode")}
          copiedLabel={t("message.copied")}
          failedLabel={t("message.copyFailed")}
          read={() => text}
        />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto px-3.5 py-3 font-mono text-[0.84rem] leading-[1.6] -outline-offset-2"
      >
        <code>{text}</code>
      </pre>
    </figure>
  );
}
