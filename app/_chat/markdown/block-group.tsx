"use client";

import { memo, useEffect, useRef, useState } from "react";
import { whenIdle } from "@/app/_client/when-idle";
import type { Block } from "./block-reader";
import { BlockView } from "./block-view";
import { heightOf } from "./estimated-height";

interface BlockGroupProps {
  blocks: readonly Block[];
  /** Then it costs nothing while it is far from view. */
  isOfLong: boolean;
  /** Drawn at once; the others are when they come near, or when the page has nothing else to do. */
  isFirst: boolean;
}

/** Some blocks of a text. Once drawn they stay: the page can be searched, and what was opened stays open. */
export const BlockGroup = memo(function BlockGroup({ blocks, isOfLong, isFirst }: BlockGroupProps) {
  const [hasBeenDrawn, setDrawn] = useState(isFirst);
  const isDrawn = hasBeenDrawn || isFirst;
  if (isFirst && !hasBeenDrawn) setDrawn(true);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = box.current;
    if (isDrawn || !element) return;
    const draw = () => setDrawn(true);
    const drawNear = (event: Event) => {
      if (event instanceof ContentVisibilityAutoStateChangeEvent && !event.skipped) draw();
    };
    element.addEventListener(nearEvent, drawNear);
    const cancel = whenIdle(draw);
    return () => {
      element.removeEventListener(nearEvent, drawNear);
      cancel();
    };
  }, [isDrawn]);

  if (!isOfLong) return <div>{draw(blocks)}</div>;
  const height = heightOf(blocks);
  return (
    <div
      ref={box}
      data-deferred
      style={isDrawn ? { containIntrinsicBlockSize: `auto ${height}px` } : { blockSize: height }}
    >
      {isDrawn && draw(blocks)}
    </div>
  );
});

const nearEvent = "contentvisibilityautostatechange";

function draw(blocks: readonly Block[]) {
  return blocks.map(({ key, token }) => <BlockView key={key} token={token} />);
}
