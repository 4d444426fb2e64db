"use client";

import { memo, useState } from "react";
import { type Block, createBlockReader } from "./block-reader";
import { BlockView } from "./block-view";
import { Footnotes } from "./footnotes";
import "./markdown.css";

interface MarkdownProps {
  text: string;
  isGrowing: boolean;
}

/**
 * A text in Markdown as elements. No HTML is made on the way: what is written as such is text like any other.
 * While the text grows, its blocks before the last one are neither read nor drawn again.
 */
export function Markdown({ text, isGrowing }: MarkdownProps) {
  const [reader] = useState(() => createBlockReader());
  const { groups, footnotes } = reader.read(text, isGrowing);
  return (
    <div className="markdown">
      <Footnotes blocks={footnotes}>
        {groups.map((blocks, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups are only ever appended
          <BlockGroup key={index} blocks={blocks} />
        ))}
      </Footnotes>
    </div>
  );
}

const BlockGroup = memo(function BlockGroup({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map(({ key, token }) => <BlockView key={key} token={token} />);
});
