/** An element and how far below the upper edge of the view it begins. */
export interface Anchored {
  element: Element;
  offset: number;
}

/**
 * What the reader has at the upper edge of the view, the innermost first: whatever grows or shrinks above it,
 * an image or a diagram in the same answer too, these tell how far everything was moved.
 */
export function anchorsIn(view: Element, articles: ArrayLike<Element>): Anchored[] {
  const top = view.getBoundingClientRect().top;
  const chain: Anchored[] = [];
  let candidates = articles;
  while (chain.length < depthMax) {
    const element = firstBelow(candidates, top);
    if (!element) break;
    const offset = element.getBoundingClientRect().top - top;
    chain.unshift({ element, offset });
    if (offset >= 0) break;
    candidates = element.children;
  }
  return chain;
}

/** How far what was anchored has moved since. */
export function movedBy(view: Element, anchors: readonly Anchored[]): number {
  const held = anchors.find(({ element }) => element.isConnected);
  if (!held) return 0;
  return held.element.getBoundingClientRect().top - view.getBoundingClientRect().top - held.offset;
}

const depthMax = 8;

/** They stand one below the other, so that of thousands only a dozen are measured. */
function firstBelow(elements: ArrayLike<Element>, top: number): Element | undefined {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = elements[middle];
    if (element && element.getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  return elements[low];
}
