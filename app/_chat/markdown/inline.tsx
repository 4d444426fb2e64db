"use client";

import type { ReactNode } from "react";
import { t } from "@/lib/i18n/translator";
import { decodeEntities } from "./decode-entities";
import { FootnoteMark } from "./footnote-mark";
import { Formula } from "./formula";
import { known, type MarkdownToken } from "./lex";
import { RemoteImage } from "./remote-image";

/** What stands in a line. */
export function Inline({ tokens }: { tokens: Parameters<typeof known>[0] }) {
  return known(tokens).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is only ever appended to
    <InlineToken key={index} token={token} />
  ));
}

function InlineToken({ token }: { token: MarkdownToken }): ReactNode {
  switch (token.type) {
    case "text":
      return token.tokens ? <Inline tokens={token.tokens} /> : decodeEntities(token.text);
    case "escape":
      return token.text;
    case "strong":
      return (
        <strong>
          <Inline tokens={token.tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      );
    case "del":
      return (
        <del>
          <Inline tokens={token.tokens} />
        </del>
      );
    case "codespan":
      return <code dir="ltr">{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return (
        <Link target={token.autolink ? token.href : decodeEntities(token.href)}>
          <Inline tokens={token.tokens} />
        </Link>
      );
    case "image":
      return <RemoteImage source={decodeEntities(token.href)} description={decodeEntities(token.text)} />;
    case "checkbox":
      return (
        <input
          type="checkbox"
          checked={token.checked}
          disabled
          aria-label={token.checked ? t("markdown.taskDone") : t("markdown.taskOpen")}
        />
      );
    case "math":
      return <Formula tex={token.tex} isDisplay={token.isDisplay} />;
    case "footnote-reference":
      return <FootnoteMark label={token.label} />;
    case "html":
      return inlineHtml(token.raw);
    default:
      return null;
  }
}

/** `<br>`, `<sub>` and the like are what models write for want of Markdown; here only the first is more than text. */
function inlineHtml(raw: string): ReactNode {
  return /^<br\s*\/?>$/i.test(raw) ? <br /> : raw;
}

/** Only where a link may lead does one lead anywhere; elsewhere its words remain. */
function Link({ target, children }: { target: string; children: ReactNode }) {
  if (!URL.canParse(target) || !safeProtocols.has(new URL(target).protocol)) return children;
  return (
    <a href={target} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

const safeProtocols: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);
