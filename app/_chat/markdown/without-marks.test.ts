import { expect, test } from "vitest";
import { withoutMarks } from "./without-marks";

test.each([
  ["Below **seven years** the fees", "Below seven years the fees"],
  ["an *old*, _worn_ and ~~lost~~ coat", "an old, worn and lost coat"],
  ["***both*** at once", "both at once"],
  ["## What it is", "What it is"],
  ["> > quoted *twice*", "quoted twice"],
  ['see [the map](https://map.example/a_(b) "Map") and ![a boat](boat.png)', "see the map and a boat"],
  ["call `f(**kwargs)` or ``a ` b``", "call f(**kwargs) or a ` b"],
  ["| Tide | *High* |", "  Tide   High  "],
  ["5 * 3 * 2, snake_case_name, a*b*c", "5 * 3 * 2, snake_case_name, a*b*c"],
  ["* an entry\n- another", "* an entry\n- another"],
  ["1\\. not \\*a\\* list", "1. not *a* list"],
  ["plain", "plain"],
])("%s", (markdown, text) => {
  expect(withoutMarks(markdown)).toBe(text);
});

test("code keeps every sign, its fence and a table's rule are not read", () => {
  const markdown =
    "Before\n```py\n# **a**\n~~~\n```\n| a | b |\n|---|:-:|\n| c | d |\n~~~~\n```\n~~~~\n*after*";
  expect(withoutMarks(markdown).split("\n")).toEqual([
    "Before",
    "# **a**",
    "~~~",
    "  a   b  ",
    "  c   d  ",
    "```",
    "after",
  ]);
});

test("code that only begins a line is no fence, and only a bare fence ends one", () => {
  expect(withoutMarks("```so``` it *is*\n**on**")).toBe("so it is\non");
  expect(withoutMarks("```\n```js\n*a*\n```\n*b*")).toBe("```js\n*a*\nb");
});

test("code within a list has its fence as well", () => {
  expect(withoutMarks("1. so\n\n    ```js\n    a ** b\n    ```\n2. on")).toBe("1. so\n\n    a ** b\n2. on");
});

test("what never ends, and a line of a megabyte, are read in time that grows with their length", () => {
  for (const unit of ["*", "**a ", "[", "[a](", "`", "` ", "|", "\\", "_a", "> ", "![[", "~~"]) {
    const long = unit.repeat(200_000);
    expect(withoutMarks(long).length).toBeLessThanOrEqual(long.length);
  }
});
