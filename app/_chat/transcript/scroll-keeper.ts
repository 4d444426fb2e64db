import type { ReadingPlace } from "@/app/_client/drafts/reading-places";
import { type Anchored, anchorsIn, movedBy } from "./scroll-anchor";

/** What came below while the reader was elsewhere. */
export interface Unseen {
  messages: number;
  lines: number;
}

/** The message that was the newest when the reader left the end, and by how much it has grown since. */
interface LeftBehind {
  article: Element | undefined;
  grownPx: number;
  height?: number;
  isWritten?: boolean;
}

interface KeeperParts {
  view: HTMLElement;
  content: HTMLElement;
  /** Null is the end. */
  startAt: ReadingPlace | null;
  onChange(unseen: Unseen | null): void;
  /** The place to start at is shown, or given up. */
  onFound(): void;
  onMoved(): void;
}

export type ScrollKeeper = ReturnType<typeof createScrollKeeper>;

/**
 * Decides what stays in place when the conversation or its view changes its height: the end while the reader
 * is there, the newest question while its answer grows below it, and else the very line that is being read.
 */
export function createScrollKeeper({ view, content, startAt, onChange, onFound, onMoved }: KeeperParts) {
  // A live list of them would look through everything in them after each change.
  const findArticles = () => Array.from(content.children).flatMap((section) => articlesIn(section));
  let held: "end" | "question" | "place" = "end";
  let sought = startAt;
  let anchors: Anchored[] = [];
  let seenTop = 0;
  let leftBehind: LeftBehind | null = null;

  function settle(): void {
    if (sought && open(sought)) return;
    if (held === "end") view.scrollTop = view.scrollHeight;
    else if (held === "question") view.scrollTop = Math.min(endOf(view), topOfQuestion());
    else view.scrollTop += movedBy(view, anchors);
    look();
  }

  function topOfQuestion(): number {
    const question = findArticles().findLast((article) => article.hasAttribute("data-question"));
    if (!question) return view.scrollHeight;
    return view.scrollTop + distance(question, view) - airPx;
  }

  function look(): void {
    seenTop = view.scrollTop;
    const isAtEnd = held === "end" || endOf(view) - view.scrollTop < nearPx;
    leftBehind = isAtEnd ? null : grown(leftBehind ?? { article: findArticles().at(-1), grownPx: 0 });
    onChange(leftBehind && unseenSince(leftBehind));
  }

  function unseenSince({ article, grownPx }: LeftBehind): Unseen {
    const articles = findArticles();
    const index = article ? articles.indexOf(article) : -1;
    if (index === -1) return { messages: 0, lines: 0 };
    return { messages: articles.length - 1 - index, lines: Math.max(0, Math.round(grownPx / linePx)) };
  }

  function onScroll(): void {
    if (sought) return;
    const moved = view.scrollTop - seenTop;
    // What this keeper did itself comes as an event, too.
    if (Math.abs(moved) < 1) return;
    const left = endOf(view) - view.scrollTop;
    if (moved < 0 && left > 1) held = "place";
    else if (left < nearPx) held = "end";
    else if (held === "question") held = "place";
    anchors = held === "place" ? anchorsIn(view, content.children) : [];
    look();
    onMoved();
  }

  /** `false` while its message is not there. */
  function open({ messageId, offset }: ReadingPlace): boolean {
    const article = find(messageId);
    if (!article) return false;
    held = "place";
    view.scrollTop += distance(article, view) - offset;
    anchors = anchorsIn(view, content.children);
    look();
    endSearch();
    return true;
  }

  function endSearch(): void {
    if (!sought) return;
    sought = null;
    onFound();
  }

  function hold(): void {
    held = "place";
    anchors = anchorsIn(view, content.children);
    look();
  }

  function find(messageId: string): Element | undefined {
    return findArticles().find((article) => article.getAttribute("data-message") === messageId);
  }

  const observer = new ResizeObserver(settle);
  settle();
  observer.observe(content);
  observer.observe(view);
  view.addEventListener("scroll", onScroll, { passive: true });
  view.addEventListener(holdEvent, hold);

  return {
    /** What the reader has asked just now is shown, with its answer: its end, or its beginning. */
    showNewest(keeps: "bottom" | "top"): void {
      endSearch();
      held = keeps === "top" ? "question" : "end";
      settle();
    },

    goToEnd(): void {
      held = "end";
      const behavior = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
      view.scrollTo({ top: view.scrollHeight, behavior });
    },

    /** Null is the end. */
    place(): ReadingPlace | null {
      if (sought) return sought;
      if (held === "end") return null;
      const message = anchorsIn(view, content.children).find(({ element }) => element.tagName === "ARTICLE");
      const messageId = message?.element.getAttribute("data-message");
      return message && messageId ? { messageId, offset: Math.round(message.offset) } : null;
    },

    /** The message that is sought, while it is not there. */
    isSeeking: (): string | null => sought?.messageId ?? null,
    giveUp: endSearch,

    dispose(): void {
      observer.disconnect();
      view.removeEventListener("scroll", onScroll);
      view.removeEventListener(holdEvent, hold);
    },
  };
}

/** Tells the view to stay where it is, whatever comes below. */
export const holdEvent = "parley-hold";

/** Two lines of text: nearer than this, the reader means the end. */
const nearPx = 56;

/** Of a line in an answer, where nobody counts exactly. */
const linePx = 26;

/** Above a question that is held at the upper edge. */
const airPx = 16;

/** Only while it is being written: what is drawn late of a long answer makes it higher as well, and is nothing new. */
function grown({ article, grownPx, height, isWritten }: LeftBehind): LeftBehind {
  const now = heightOf(article);
  return {
    article,
    grownPx: isWritten && height !== undefined ? grownPx + now - height : grownPx,
    height: now,
    isWritten: article?.ariaBusy === "true",
  };
}

function articlesIn(section: Element): Element[] {
  return Array.from(section.children).filter(({ tagName }) => tagName === "ARTICLE");
}

function endOf(view: Element): number {
  return view.scrollHeight - view.clientHeight;
}

function distance(element: Element, view: Element): number {
  return element.getBoundingClientRect().top - view.getBoundingClientRect().top;
}

function heightOf(element: Element | undefined): number {
  return element?.getBoundingClientRect().height ?? 0;
}
