/** Some of a long page that can be taken off it, and drawn again. */
export interface DrawnPart {
  /** Elements on the page. */
  size: number;
  /** In view, or in the reader's hands: it stays. */
  isInUse(): boolean;
  release(): void;
}

/**
 * How much of what is far from view stays on the page: browsers look through every element of it again and
 * again, at the key that is pressed in a field, for one. What was looked at last stays longest. `later` does
 * one piece of work once there is time for it.
 */
export function createDrawnParts(sizeMax: number, later: (work: () => void) => void) {
  const parts = new Set<DrawnPart>();
  let size = 0;
  let isTrimming = false;

  function remove(part: DrawnPart): void {
    if (parts.delete(part)) size -= part.size;
  }

  /** One at a time, so that no key has to wait for more. */
  function trim(): void {
    if (isTrimming || size <= sizeMax) return;
    isTrimming = true;
    later(() => {
      isTrimming = false;
      const oldest = size > sizeMax ? Array.from(parts).find((part) => !part.isInUse()) : undefined;
      if (!oldest) return;
      remove(oldest);
      oldest.release();
      trim();
    });
  }

  return {
    /** Whether one more may be drawn that nobody has come near yet. */
    hasRoom: (): boolean => size < sizeMax / 2,

    /** It is there, and was looked at just now. Gives the way to tell that it is gone. */
    add(part: DrawnPart): () => void {
      parts.add(part);
      size += part.size;
      trim();
      return () => remove(part);
    },

    /** What is in it comes by and by: colours of code, formulas. */
    resize(part: DrawnPart, elements: number): void {
      if (!parts.has(part)) return;
      size += elements - part.size;
      part.size = elements;
      trim();
    },

    /** It is looked at again. */
    touch(part: DrawnPart): void {
      if (!parts.delete(part)) return;
      parts.add(part);
      trim();
    },
  };
}
