"use client";

import { memo } from "react";
import type { Line } from "./highlight";

/** Code line by line; groups of lines that did not change are not drawn again. */
export function CodeLines({ code, coloured }: { code: string; coloured: readonly Line[] }) {
  const lines = code.split("\n");
  return Array.from({ length: Math.ceil(lines.length / groupSize) }, (_, index) => {
    const [start, end] = [index * groupSize, (index + 1) * groupSize];
    return (
      <LineGroup
        // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is its name
        key={index}
        text={lines.slice(start, end).join("\n")}
        coloured={coloured.slice(start, end)}
        isLast={end >= lines.length}
      />
    );
  });
}

const groupSize = 64;

interface LineGroupProps {
  text: string;
  coloured: readonly Line[];
  isLast: boolean;
}

const LineGroup = memo(
  function LineGroup({ text, coloured, isLast }: LineGroupProps) {
    const lines = text.split("\n");
    return lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is its name
      <span key={index} className="code-line">
        {coloured[index]?.map(({ text, colour }, run) =>
          colour === null ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run has no other name
            <span key={run} data-colour={colour}>
              {text}
            </span>
          ),
        ) ?? line}
        {isLast && index === lines.length - 1 ? "" : "\n"}
      </span>
    ));
  },
  (before, after) =>
    before.text === after.text &&
    before.isLast === after.isLast &&
    before.coloured.length === after.coloured.length &&
    before.coloured.every((line, index) => line === after.coloured[index]),
);
