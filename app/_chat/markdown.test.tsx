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
  expect(html).toContain("<code>const a = 1 &lt; 2;\n\n  b();</code>");
});

test("headings stay below those of the page", () => {
  expect(draw("# One\n\n## Two\n\n##### Five")).not.toMatch(/<h[12]/);
});

function draw(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} isGrowing={false} />);
}
