"use client";

import { CopyButton } from "@/app/_ui/copy-button";
import { t } from "@/lib/i18n/part-translator";

/** What went into a tool or came out of it: words as they are, everything else as JSON. */
export function ToolValue({ name, value }: { name: string; value: unknown }) {
  const isText = typeof value === "string";
  const text = isText ? value : (JSON.stringify(value, null, 2) ?? "");
  if (text === "" || text === "{}") {
    return (
      <p className="text-xs text-ink-faint">
        {name}: {t("tool.nothing")}
      </p>
    );
  }
  return (
    <figure aria-label={name} className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex min-h-9 items-center justify-between border-b border-line ps-3 pe-1 text-xs text-ink-faint">
        {name}
        <CopyButton
          label={t("tool.copy", { name })}
          copiedLabel={t("message.copied")}
          failedLabel={t("message.copyFailed")}
          read={() => text}
        />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        dir={isText ? undefined : "ltr"}
        className="max-h-72 overflow-auto whitespace-pre-wrap px-3 py-2.5 font-mono text-[0.8rem] leading-[1.6] -outline-offset-2 [overflow-wrap:anywhere] [unicode-bidi:plaintext]"
      >
        {text.slice(0, shownMax)}
      </pre>
      {text.length > shownMax && (
        <p className="border-t border-line px-3 py-2 text-xs text-ink-faint">{t("tool.shortened")}</p>
      )}
    </figure>
  );
}

/** Some screens: more would only make the page slow. */
const shownMax = 20_000;
