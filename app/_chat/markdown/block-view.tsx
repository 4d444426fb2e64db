"use client";

import type { Tokens } from "marked";
import { memo } from "react";
import { CodeBlock } from "./code/code-block";
import { Formula } from "./formula";
import { Inline } from "./inline";
import { known, type MarkdownToken } from "./lex";
import { TableView } from "./table-view";

interface BlockViewProps {
  token: MarkdownToken;
  isNested?: boolean;
}

/**
 * One block, which finds its own direction; so does each text in it, by the style sheet: an element with a
 * direction of its own would not count for that of the list around it.
 */
export const BlockView = memo(function BlockView({ token, isNested }: BlockViewProps) {
  const dir = isNested ? undefined : "auto";
  switch (token.type) {
    case "paragraph":
      return token.tokens.length === 0 ? null : (
        <p dir={dir}>
          <Inline tokens={token.tokens} />
        </p>
      );
    case "text":
    case "checkbox":
      return <Inline tokens={token.type === "text" && token.tokens ? token.tokens : [token]} />;
    case "heading":
      return <Heading heading={token} dir={dir} />;
    case "code": {
      const [language = ""] = (token.lang ?? "").split(/\s/);
      return <CodeBlock language={language === "" ? null : language} code={token.text} />;
    }
    case "blockquote":
      return (
        <blockquote dir={dir}>
          <Blocks tokens={token.tokens} />
        </blockquote>
      );
    case "list":
      return <ListView list={token} dir={dir} />;
    case "table":
      return <TableView table={token} dir={dir} />;
    case "hr":
      return <hr />;
    case "math":
      return <Formula tex={token.tex} isDisplay />;
    case "html":
      return lineBreak.test(token.text) ? null : (
        <p dir={dir} className="whitespace-pre-wrap">
          {token.text.trim()}
        </p>
      );
    default:
      return null;
  }
});

type Direction = "auto" | undefined;

export function Blocks({ tokens }: { tokens: Parameters<typeof known>[0] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: blocks within a block are only ever appended
  return known(tokens).map((token, index) => <BlockView key={index} token={token} isNested />);
}

function ListView({ list, dir }: { list: Tokens.List; dir: Direction }) {
  const Element = list.ordered ? "ol" : "ul";
  const start = list.ordered && list.start !== "" && list.start !== 1 ? list.start : undefined;
  return (
    <Element dir={dir} {...(start !== undefined && { start })}>
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
      <li>
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
function Heading({ heading: { depth, tokens }, dir }: { heading: Tokens.Heading; dir: Direction }) {
  const Level = headings[Math.min(depth, headings.length) - 1] ?? "h6";
  return (
    <Level dir={dir} data-level={Math.min(depth, 4)}>
      <Inline tokens={tokens} />
    </Level>
  );
}

const headings = ["h3", "h3", "h4", "h5", "h6"] as const;

const lineBreak = /^\s*<br\s*\/?>\s*$/i;
