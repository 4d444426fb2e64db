"use client";

import { memo, useRef } from "react";
import { StandIn } from "@/app/_chat/transcript/stand-in";
import { useDrawn } from "@/app/_chat/transcript/use-drawn";
import type { Block } from "./block-reader";
import { BlockView } from "./block-view";
import { heightOf } from "./estimated-height";

interface BlockGroupProps {
  blocks: readonly Block[];
  /** Then it costs next to nothing while it is far from view. */
  isOfLong: boolean;
  /** Drawn at once, and always there. */
  isKept: boolean;
}

/** Some blocks of a text. */
export const BlockGroup = memo(function BlockGroup({ blocks, isOfLong, isKept }: BlockGroupProps) {
  const box = useRef<HTMLDivElement>(null);
  const { isDrawn, height } = useDrawn(box, isKept || !isOfLong);
  if (!isOfLong) return <div>{draw(blocks)}</div>;
  const likely = heightOf(blocks);
  return (
    <div
      ref={box}
      data-deferred
      style={isDrawn ? { containIntrinsicBlockSize: `auto ${likely}px` } : { blockSize: height ?? likely }}
    >
      {isDrawn ? draw(blocks) : <StandIn markdown={blocks.map(({ token }) => token.raw).join("")} />}
    </div>
  );
});

function draw(blocks: readonly Block[]) {
  return blocks.map(({ key, token }) => <BlockView key={key} token={token} />);
}
