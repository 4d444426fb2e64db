import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { heapBytes } from "@/bench/heap-bytes";
import { scriptedText } from "@/e2e/scripted-model/scripted-text";
import { scriptFor } from "@/e2e/scripted-model/turn";
import { createBlockReader } from "./block-reader";
import { BlockView } from "./block-view";
import { lex } from "./lex";

const samples: Record<string, string> = {
  emphasis:
    "A **bold *and slanted* word**, __another__, ~~gone~~, snake_case_name and 2 * 3 * 4.\n\nThe *end*.",
  triple: "***Both* at once** and **one***two*.",
  code: "Call `a ** b` or ``a ` b``, then `x | y` and go on.",
  links:
    'See [the *docs*](https://example.com/a_(b)?q=1 "Title") and ![a picture](https://example.com/a.png), <https://example.com> too.',
  brackets: "An array[0] and a [note] in brackets [like this one], then more.",
  headings: "# One\n\ntext\n\n## Two ##\n\nOver\n====\n\nUnder\n---\n\nend",
  lists:
    "Before:\n- one\n- **two**\n  1. deep\n  2. `deeper`\n- [x] done\n- [ ] open\n\n* other\n* list\n\n12. twelve\n13. thirteen",
  prose: "He was born in\n1989. It was - as they say -\n- late.\n\nAT&T, R&amp;D &copy; 2020! Wow!",
  table:
    "Here:\n\n| Name | `a \\| b` | Price |\n|:-----|:---:|------:|\n| **x** | [l](https://e.x) | $5 |\n| y | *z* | $10 |\n\nAfter.",
  "table without frame": "Name | Price\n--- | ---\na | 1\nb | 2\n\nDone.",
  fences:
    "Run:\n\n```sh\necho `date` | cat\n  - ** no **\n```\n\nor\n\n~~~\n```\ninside\n```\n~~~\n\n- in a list:\n  ```js\n  a();\n  ```\n- next",
  quotes: "> A **quote**\n> on\n>\n> > deeper `x`\n\nend",
  rule: "a\n\n---\n\nb\n\n***\n\nc",
  math: "Inline $e^{i\\pi} + 1 = 0$ and \\(a^2\\), let $x$ be:\n\n$$\n\\begin{aligned}\na &= b \\\\\n- c &= d\n\\end{aligned}\n$$\n\nand\n\n\\[\n= y\n\\]\n\nso $n$.",
  prices: "It costs $5 and $10, or $1,000.50 a year; $HOME is a variable and US$ 3 a price.",
  breaks: "one<br>two  \nthree\\\nfour\n\n<div>\n<b>raw</b>\n</div>\n\nend",
  footnotes: "A claim.[^1] Another.[^note]\n\n[^1]: Its **source**.\n[^note]: More.",
  tilde: "About ~5 to ~10 minutes.",
  arabic: "مرحبا **بالعالم** و `code`.\n\n- واحد\n- اثنان",
};

const everything = `${scriptedText(scriptFor("scripted/markdown", "[[interval=0]]"))}\n`;

test.each(Object.entries(samples))(
  "a text that grows (%s) never shows what its end will not show",
  (_, text) => {
    const final = visible(createBlockReader(), text, false);
    const reader = createBlockReader();
    for (let end = 1; end <= text.length; end++) {
      const shown = visible(reader, text.slice(0, end), true);
      expect(
        isWithin(shown, final),
        `${JSON.stringify(text.slice(0, end))}\nshows ${shown}\nfinal ${final}`,
      ).toBe(true);
    }
  },
);

test.each(Object.entries(samples))("a text that came bit by bit (%s) is drawn like the whole", (_, text) => {
  const reader = createBlockReader();
  for (let end = 1; end <= text.length; end += 3) reader.read(text.slice(0, end), true);
  expect(html(reader, text, false)).toBe(html(createBlockReader(), text, false));
});

test("what was shown of a text stays, and most of it is shown at once", () => {
  const text = everything.replace(/\n\[\^1\]: .*\n/, "");
  const reader = createBlockReader();
  let longest = 0;
  for (let end = 1; end <= text.length; end++) {
    const shown = visible(reader, text.slice(0, end), true).length;
    expect(longest - shown, JSON.stringify(text.slice(end - 40, end))).toBeLessThanOrEqual(0);
    longest = Math.max(longest, shown);
  }
});

test("a token costs what the last block costs, however long the text before it is", () => {
  const block = everything.replace(/\n\[\^1\]: .*\n/, "");
  let lexed = 0;
  const reader = createBlockReader((source, links, isGrowing) => {
    lexed += source.length;
    return lex(source, links, isGrowing);
  });
  const costs: number[] = [];
  let text = "";
  for (let round = 0; round < 40; round++) {
    lexed = 0;
    for (let at = 0; at < block.length; at += 5) reader.read(text + block.slice(0, at), true);
    costs.push(lexed);
    text += block;
  }
  expect(Math.max(...costs.slice(1))).toBeLessThan(1.1 * Math.min(...costs.slice(1)));
});

test("a program of any length is not lexed while its fence is open", () => {
  let lexed = 0;
  const reader = createBlockReader((source, links, isGrowing) => {
    lexed += source.length;
    return lex(source, links, isGrowing);
  });
  let text = "Look:\n\n```ts\n";
  for (let line = 0; line < 2000; line++) {
    text += `const a${line} = "${line}";\n`;
    reader.read(text, true);
  }
  expect(lexed).toBeLessThan(100);
  reader.read(`${text}\`\`\`\n`, false);
  expect(reader.read(`${text}\`\`\`\n`, false).groups.flat().at(-1)?.token).toMatchObject({
    type: "code",
    lang: "ts",
  });
});

test("groups in which nothing changed are not drawn again", () => {
  const reader = createBlockReader();
  const text = "A paragraph.\n\n".repeat(300);
  const before = readWhole(reader, text, true).groups;
  const after = reader.read(`${text}more`, true).groups;
  expect(before.slice(0, 6).every((group, index) => group.length > 0 && group === after[index])).toBe(true);
});

test("a link that is defined later is one then, wherever it stands", () => {
  const reader = createBlockReader();
  const text = `See [here][a].\n\n${"More.\n\n".repeat(50)}`;
  expect(html(reader, text, true)).toContain("[here][a]");
  const whole = `${text}[a]: https://example.com/a\n\nEnd`;
  for (let end = text.length; end < whole.length; end++) reader.read(whole.slice(0, end), true);
  expect(html(reader, whole, true)).toContain('<a href="https://example.com/a"');
});

test("another text than the one before is read from its beginning", () => {
  const reader = createBlockReader();
  reader.read("One\n\ntwo\n\nthree", true);
  expect(html(reader, "Other", false)).toBe('<p dir="auto">Other</p>');
});

test.each(["<", "&", "[", "![", "*a", "`a", "$", "$a", "\\(", "> ", "- ", "| a ", "[a](", "_a *", "~~"])(
  "a long row of %j holds nobody up",
  (mark) => {
    const text = mark.repeat(3000);
    const reader = createBlockReader();
    reader.read(text, true);
    expect(html(reader, text, false)).toBe(html(createBlockReader(), text, false));
  },
);

test("a megabyte is read in steps, none of them long, to the last character", () => {
  const text = everything.repeat(Math.ceil(1_000_000 / everything.length));
  let lexed = 0;
  const reader = createBlockReader((source, links, isGrowing) => {
    lexed = Math.max(lexed, source.length);
    return lex(source, links, isGrowing);
  });
  const shown = readWhole(reader, text, false);
  expect(lexed).toBeLessThan(50_000);
  const read = shown.groups.flat().map(({ token }) => token.raw);
  expect(read.join("")).toBe(text);
});

test("a text that is read in steps is drawn like one that came bit by bit", () => {
  const text = everything.repeat(Math.ceil(200_000 / everything.length));
  const [whole, grown] = [createBlockReader(), createBlockReader()];
  readWhole(whole, text, false);
  for (let end = 1000; end < text.length; end += 1000) grown.read(text.slice(0, end), true);
  readWhole(grown, text, false);
  const keys = (reader: Reader) =>
    reader.read(text, false).groups.map((group) => group.map(({ key }) => key));
  expect(keys(whole)).toEqual(keys(grown));
  expect(html(whole, text, false)).toBe(html(grown, text, false));
});

test("a text in pieces is drawn like the whole, and nothing of it is read again when it is in one", () => {
  const text = everything.repeat(Math.ceil(100_000 / everything.length)).replaceAll("\n\n---", "\r\n\r\n---");
  const cuts = [0, ...Array.from({ length: 4 }, (_, piece) => text.indexOf("\n", 20_000 * (piece + 1)) + 1)];
  const pieces = cuts.map((cut, index) => text.slice(cut, cuts[index + 1]));
  let lexed = 0;
  const reader = createBlockReader((source, links, isGrowing) => {
    lexed += source.length;
    return lex(source, links, isGrowing);
  });
  for (let count = 1; count <= pieces.length; count++) readWhole(reader, pieces.slice(0, count), true);
  expect(html(reader, pieces, false)).toBe(html(readToEnd(text), text, false));
  lexed = 0;
  expect(html(reader, text, false)).toBe(html(readToEnd(text), text, false));
  expect(lexed).toBe(0);
});

test("a text is not kept in memory once for each of its words", () => {
  const text = everything.repeat(Math.ceil(400_000 / everything.length));
  const reader = createBlockReader();
  const before = heapBytes();
  for (let end = 0; end < text.length; end += 500) reader.read(`${text.slice(0, end)} `.slice(0, -1), true);
  expect(heapBytes() - before).toBeLessThan(40_000_000);
  expect(reader.read(text, true).groups.length).toBeGreaterThan(50);
});

test("one block that is longer than a step is read whole", () => {
  const text = `Look:\n\n${Array.from({ length: 5000 }, (_, index) => `- item ${index}`).join("\n")}\n\nDone.`;
  const reader = createBlockReader();
  readWhole(reader, text, false);
  expect(html(reader, text, false)).toContain("<li>item 4999</li>");
});

type Reader = ReturnType<typeof createBlockReader>;

function readToEnd(text: string): Reader {
  const reader = createBlockReader();
  readWhole(reader, text, false);
  return reader;
}

/** In as many steps as that takes. */
function readWhole(
  reader: Reader,
  text: string | readonly string[],
  isGrowing: boolean,
): ReturnType<Reader["read"]> {
  for (;;) {
    const shown = reader.read(text, isGrowing);
    if (shown.isWhole) return shown;
  }
}

function html(reader: Reader, text: string | readonly string[], isGrowing: boolean): string {
  const { groups } = reader.read(text, isGrowing);
  return renderToStaticMarkup(groups.flat().map(({ key, token }) => <BlockView key={key} token={token} />));
}

/** The characters that can be seen, without the spaces between them. */
function visible(reader: Reader, text: string, isGrowing: boolean): string {
  return html(reader, text, isGrowing)
    .replace(/<figcaption.*?<\/figcaption>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|amp|quot|#x27);/g, (_, name: string) => entities[name] ?? "")
    .replace(/\s+/g, "");
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#x27": "'" };

function isWithin(shown: string, final: string): boolean {
  return final.startsWith(shown);
}
