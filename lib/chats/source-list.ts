/** The pages among some parts as a numbered list in Markdown; empty where there are none. */
export function sourceList(parts: readonly { type: string; url?: unknown; title?: unknown }[]): string {
  return parts
    .flatMap(({ type, url, title }) =>
      type === "source-url" && typeof url === "string" ? [{ url, title }] : [],
    )
    .map(
      ({ url, title }, index) =>
        `${index + 1}. ${typeof title === "string" ? `[${escaped(title)}](<${url}>)` : `<${url}>`}`,
    )
    .join("\n");
}

function escaped(title: string): string {
  return title.replace(/[\\[\]<>*_`]/g, "\\$&");
}
