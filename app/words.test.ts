import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseAst } from "vitest/node";

const paths = globSync("app/**/*.tsx", { exclude: (path) => path.includes(".test.") });

test("every word that the app shows or has read out goes through the translator", () => {
  expect(paths.length).toBeGreaterThan(150);
  const literal = paths.flatMap((path) =>
    wordsIn(readFileSync(path, "utf8")).map((words) => `${path}: ${words}`),
  );
  expect(literal).toEqual([]);
});

test("words are found wherever a page has them", () => {
  const source = `
    const shown = <main aria-label="One" className="two">
      Three
      {isOpen ? "Four" : t("five")}
      {count > 0 && \`\${count} six\`}
      <Field label={isShort ? "Seven" : t("eight")} name="nine" hint={t(\`ten.\${kind}\`)} />
      {list.map((each) => <li key="eleven" title={each}>·</li>)}
    </main>;
    showToast("Twelve");`;
  expect(wordsIn(source).sort()).toEqual(["One", "Three", "Four", "six", "Seven", "Twelve"].sort());
});

const wordAttribute =
  /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|alt|hint|message|note|placeholder|text|title|\w*[lL]abel)$/;

interface Node {
  type: string;
  [key: string]: unknown;
}

/** The words in a source that a person would read or hear. */
function wordsIn(source: string): string[] {
  return [...nodesIn(parseAst(source, { lang: "tsx" }))].flatMap((node) => {
    if (node.type === "JSXElement" || node.type === "JSXFragment")
      return listOf(node.children).flatMap(wordsOf);
    if (node.type === "JSXAttribute" && wordAttribute.test(nameOf(node.name))) return wordsOf(node.value);
    if (node.type === "CallExpression" && nameOf(node.callee) === "showToast")
      return listOf(node.arguments).flatMap(wordsOf);
    return [];
  });
}

/** The literal words that a value can turn out to be. */
function wordsOf(value: unknown): string[] {
  if (!isNode(value)) return [];
  switch (value.type) {
    case "JSXText":
    case "Literal":
      return readable(value.value);
    case "TemplateLiteral":
      return [...listOf(value.quasis), ...listOf(value.expressions)].flatMap(wordsOf);
    case "TemplateElement":
      return isRecord(value.value) ? readable(value.value.cooked) : [];
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return wordsOf(value.expression);
    case "ConditionalExpression":
      return [value.consequent, value.alternate].flatMap(wordsOf);
    case "LogicalExpression":
      return [value.operator === "&&" ? null : value.left, value.right].flatMap(wordsOf);
    case "BinaryExpression":
      return value.operator === "+" ? [value.left, value.right].flatMap(wordsOf) : [];
    default:
      return [];
  }
}

function readable(value: unknown): string[] {
  return typeof value === "string" && /\p{L}/u.test(value) ? [value.trim()] : [];
}

function* nodesIn(value: unknown): Generator<Node> {
  if (isNode(value)) yield value;
  if (isRecord(value)) for (const each of Object.values(value)) yield* nodesIn(each);
}

function nameOf(value: unknown): string {
  return isNode(value) && typeof value.name === "string" ? value.name : "";
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof value.type === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
