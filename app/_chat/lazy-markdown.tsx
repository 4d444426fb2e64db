"use client";

import dynamic from "next/dynamic";

/** The parser is the largest piece of the page, and an empty chat needs none of it. Out of reach, the text stays plain. */
export const Markdown = dynamic(() =>
  import("./markdown/markdown").then(
    (loaded) => loaded.Markdown,
    () => PlainText,
  ),
);

export function preloadMarkdown(): void {
  import("./markdown/markdown").catch(waitForAnswer);
}

function PlainText({ text }: { text: string }) {
  return <div className="whitespace-pre-wrap leading-relaxed">{text}</div>;
}

/** What could not be fetched ahead is fetched again when there is something to show. */
function waitForAnswer(): void {}
