/**
 * A message as it is drawn, for programs that paste formatted text: its structure without our classes, buttons,
 * pictures and whatever else is of no use outside. Nothing when there is nothing drawn.
 */
export function richTextOf(message: Element | null): string | null {
  // Of a very long one not everything is drawn.
  if (message?.querySelector("[data-deferred]:empty, [data-stand-in]")) return null;
  const drawn = message?.querySelectorAll(".markdown, [data-rich]") ?? [];
  const html = Array.from(drawn, (part) => cleaned(part).innerHTML).join("\n");
  return html === "" ? null : html;
}

function cleaned(part: Element): Element {
  const copy = document.createElement("div");
  copy.append(...Array.from(part.cloneNode(true).childNodes));
  // A formula is drawn twice: as MathML, and as boxes for the eye alone.
  for (const formula of copy.querySelectorAll(".katex")) {
    const math = formula.querySelector("math");
    if (math) formula.replaceWith(math);
  }
  for (const element of copy.querySelectorAll(
    "button, svg, figcaption, style, annotation, [aria-hidden=true]",
  )) {
    element.remove();
  }
  // Without the colours of its words.
  for (const code of copy.querySelectorAll("pre code")) code.replaceChildren(code.textContent ?? "");
  for (const link of copy.querySelectorAll("a[href^='#']")) {
    if (link.textContent === "↩") link.remove();
  }
  for (const frame of copy.querySelectorAll(":scope > div, figure, section, a[href^='#']")) {
    frame.replaceWith(...Array.from(frame.childNodes));
  }
  for (const element of copy.querySelectorAll("*")) {
    const level = element.getAttribute("data-level");
    for (const { name } of Array.from(element.attributes)) {
      if (!kept.has(name)) element.removeAttribute(name);
    }
    // Below the page's own headings they are drawn two levels lower.
    if (level !== null && /^H[3-6]$/.test(element.tagName)) rename(element, `h${level}`);
  }
  return copy;
}

const kept: ReadonlySet<string> = new Set([
  "href",
  "alt",
  "dir",
  "colspan",
  "rowspan",
  "start",
  "checked",
  "type",
]);

function rename(element: Element, name: string): void {
  const renamed = document.createElement(name);
  renamed.append(...Array.from(element.childNodes));
  element.replaceWith(renamed);
}
