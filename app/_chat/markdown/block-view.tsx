"use client";

import type { Tokens } from "marked";
import { memo } from "react";
import { CodeBlock } from "./code/code-block";
import { Formula } from "./formula";
import { Inline } from "./inline";
import { known, type MarkdownToken } from "./lex";
import { TableView } from "./table-view";

/** One block; each block of text finds its own direction. */
export const BlockView = memo(function BlockView({ token }: { token: MarkdownToken }) {
  switch (token.type) {
    case "paragraph":
      return token.tokens.length === 0 ? null : (
        <p dir="auto">
          <Inline tokens={token.tokens} />
        </p>
      );
    case "text":
    case "checkbox":
      return <Inline tokens={token.type === "text" && token.tokens ? token.tokens : [token]} />;
    case "heading":
      return <Heading heading={token} />;
    case "code": {
      const [language = ""] = (token.lang ?? "").split(/\s/);
      return <CodeBlock language={language === "" ? null : language} code={token.text} />;
    }
    case "blockquote":
      return (
        <blockquote dir="auto">
          <Blocks tokens={token.tokens} />
        </blockquote>
      );
    case "list":
      return <ListView list={token} />;
    case "table":
      return <TableView table={token} />;
    case "hr":
      return <hr />;
    case "math":
      return <Formula tex={token.tex} isDisplay />;
    case "html":
      return lineBreak.test(token.text) ? null : (
        <p dir="auto" className="whitespace-pre-wrap">
          {token.text.trim()}
        </p>
      );
    default:
      return null;
  }
});

export function Blocks({ tokens }: { tokens: Parameters<typeof known>[0] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: blocks within a block are only ever appended
  return known(tokens).map((token, index) => <BlockView key={index} token={token} />);
}

function ListView({ list }: { list: Tokens.List }) {
  const Element = list.ordered ? "ol" : "ul";
  const start = list.ordered && list.start !== "" && list.start !== 1 ? list.start : undefined;
  return (
    <Element dir="auto" {...(start !== undefined && { start })}>
      {list.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list is only ever appended to
        <Item key={index} item={item} isLast={index === list.items.length - 1} />
      ))}
    </Element>
  );
}

/** Of a list that grows only the last item changes, as long as its items stay as close together as they were. */
const Item = memo(
  function Item({ item }: { item: Tokens.ListItem; isLast: boolean }) {
    return (
      <li dir="auto">
        <Blocks tokens={item.tokens} />
      </li>
    );
  },
  (before, after) =>
    !before.isLast &&
    !after.isLast &&
    before.item.raw === after.item.raw &&
    before.item.loose === after.item.loose,
);

/** Below the headings of the page. */
function Heading({ heading: { depth, tokens } }: { heading: Tokens.Heading }) {
  const Level = headings[Math.min(depth, headings.length) - 1] ?? "h6";
  return (
    <Level dir="auto" data-level={Math.min(depth, 4)}>
      <Inline tokens={tokens} />
    </Level>
  );
}

const headings = ["h3", "h3", "h4", "h5", "h6"] as const;

const lineBreak = /^\s*<br\s*\/?>\s*$/i;
