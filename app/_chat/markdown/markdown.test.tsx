import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./markdown";

test("written HTML stays text and never becomes an element", () => {
  const html = draw('<script>alert(1)</script>\n\nA <img src=x onerror="alert(1)"> and <b>bold</b>.');
  expect(html).not.toMatch(/<script|<img|<b>/);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("a line break in a table is one", () => {
  expect(draw("| a |\n| - |\n| one<br>two |")).toMatch(/one<br\/>\s*two/);
});

test("a link opens in a new tab that knows nothing of this page", () => {
  expect(draw("[here](https://example.com/a)")).toContain(
    '<a href="https://example.com/a" target="_blank" rel="noopener noreferrer nofollow">here</a>',
  );
});

test.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x"])(
  "a link to %s leads nowhere",
  (target) => {
    expect(draw(`[here](${target})`)).not.toContain(target);
  },
);

test("a picture from elsewhere is not fetched before somebody asks for it", () => {
  const html = draw("![A cat](https://example.com/cat.png)");
  expect(html).not.toContain("<img");
  expect(html).toContain("Show “A cat” from example.com");
});

test("code keeps its language and every character", () => {
  const html = draw("```ts\nconst a = 1 < 2;\n\n  b();\n```");
  expect(html).toContain('aria-label="Code in ts"');
  expect(/<code>(.*)<\/code>/s.exec(html)?.[1]?.replace(/<[^>]*>/g, "")).toBe(
    "const a = 1 &lt; 2;\n\n  b();",
  );
});

test("headings stay below those of the page", () => {
  expect(draw("# One\n\n## Two\n\n##### Five")).not.toMatch(/<h[12]/);
});

test("a table keeps its alignment, and scrolls by keyboard", () => {
  const html = draw("| a | b |\n| - | -: |\n| 1 | 2 |");
  expect(html).toContain('<section class="table-frame" tabindex="0" aria-label="Table">');
  expect(html).toContain('<td style="text-align:right">2</td>');
});

test("task lists show what is done, tight and loose", () => {
  expect(draw("- [x] one\n- [ ] two")).toMatch(/<input[^>]*aria-label="Done"[^>]*\/>one.*aria-label="To do"/);
  expect(draw("- [x] one\n\n- [ ] two")).toMatch(/<li><p><input[^>]*checked/);
});

test("a footnote's mark leads to it and it leads back, however many answers a page has", () => {
  const html = renderToStaticMarkup([
    <Markdown key={1} text={"Said.[^a]\n\n[^a]: By **whom**."} isGrowing={false} />,
    <Markdown key={2} text={"Said.[^a] Not said.[^b]\n\n[^a]: By nobody."} isGrowing={false} />,
  ]);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
  expect(targets.toSorted()).toEqual(ids.toSorted());
});

test("each block finds its own direction, and nothing in it hides its text from that", () => {
  const html = draw("سلام\n\n- واحد\n\n  - ثان\n\n> قول\n\n# عنوان\n\n| ا |\n| - |\n| ب |");
  expect([...html.matchAll(/<(\w+) dir="auto"/g)].map(([, name]) => name)).toEqual([
    "p",
    "ul",
    "blockquote",
    "h3",
    "table",
  ]);
});

test.each([
  "It costs $5 and $10.",
  "Between $5-$10, or 3$ to 4$.",
  "$HOME is in the $PATH or US$ 3.",
  "A $ alone, and $1,000.50 for 2$.",
])("%s is no formula", (text) => {
  expect(draw(text)).not.toContain("data-formula");
});

test.each(["$x$", "$e^{i\\pi}+1=0$", "\\(a+b\\)", "$2x + 3 = 7$", "$AB = CD$"])("%s is a formula", (text) => {
  expect(draw(`So ${text}, then.`)).toContain('data-formula="inline"');
});

test.each(["$$\nx\n$$", "text\n$$\nx\n$$\nmore", "\\[\nx\n\\]", "- item\n  $$\n  x\n  $$"])(
  "%j is a formula on lines of its own",
  (text) => {
    expect(draw(text)).toContain('data-formula="display"');
  },
);

test("characters written by name are those characters, except in code", () => {
  expect(draw("&copy; &mdash; &unknown; `&copy;` &#39;")).toBe(
    '<div class="markdown"><div><p dir="auto">© — &amp;unknown; <code dir="ltr">&amp;copy;</code> &#x27;</p></div></div>',
  );
});

test("of a long text the beginning and the end are drawn at once, and the rest keeps its place", () => {
  const html = draw(Array.from({ length: 400 }, (_, index) => `Paragraph ${index} of many.`).join("\n\n"));
  expect(html).toContain("Paragraph 0 of");
  expect(html).toContain("Paragraph 399 of");
  expect(html).not.toContain("Paragraph 200 of");
  expect(html).toMatch(/<div data-deferred="true" style="block-size:\d+px"><\/div>/);
});

test("a text of some screens is drawn as one, without anything put off", () => {
  const html = draw(Array.from({ length: 100 }, (_, index) => `Paragraph ${index} of some.`).join("\n\n"));
  expect(html.match(/Paragraph/g)).toHaveLength(100);
  expect(html).not.toContain("data-deferred");
});

function draw(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} isGrowing={false} />);
}
