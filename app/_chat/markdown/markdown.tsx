"use client";

import { useEffect, useReducer, useState } from "react";
import { BlockGroup } from "./block-group";
import { createBlockReader } from "./block-reader";
import { Footnotes } from "./footnotes";
import type { Pieces } from "./pieces";
import "./markdown.css";

interface MarkdownProps {
  text: string | Pieces;
  isGrowing: boolean;
}

/**
 * A text in Markdown as elements. No HTML is made on the way: what is written as such is text like any other.
 * While the text grows, its blocks before the last one are neither read nor drawn again. Of a long text the
 * beginning and the end are drawn first.
 */
export function Markdown({ text, isGrowing }: MarkdownProps) {
  const [reader] = useState(() => createBlockReader());
  const [step, goOn] = useReducer((steps: number) => steps + 1, 0);
  const { groups, footnotes, isWhole } = reader.read(text, isGrowing);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is followed by another until the text is whole
  useEffect(() => {
    if (isWhole) return;
    const timer = setTimeout(goOn, restMs);
    return () => clearTimeout(timer);
  }, [isWhole, step]);

  const isLong = groups.length > atOnceMax;
  return (
    <div className="markdown">
      <Footnotes blocks={footnotes}>
        {groups.map((blocks, index) => (
          <BlockGroup
            // biome-ignore lint/suspicious/noArrayIndexKey: groups are only ever appended
            key={index}
            blocks={blocks}
            isOfLong={isLong}
            isKept={!isLong || index < atOnceMax / 2 || index >= groups.length - 2}
          />
        ))}
      </Footnotes>
    </div>
  );
}

/** A frame, in which keys are heard. */
const restMs = 16;

/** Groups; what nearly every answer has less of. */
const atOnceMax = 6;
