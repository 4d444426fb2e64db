/** What the text of an entry says about itself before it begins. */
export interface Decorated {
  text: string;
  decorators: Decorators;
  /** Names that are not known here, without a fallback that is: they are kept in the card and have no effect. */
  ignored: string[];
}

export interface Decorators {
  isActivated: boolean;
  isNeverActivated: boolean;
  scanDepth: number | null;
  additionalKeys: string[];
  excludedKeys: string[];
}

/** Lines of `@@name value` at the beginning, each with fallbacks of `@@@name value` for readers that do not know it. */
export function readDecorators(content: string): Decorated {
  const lines = content.split("\n");
  const decorators = emptyDecorators();
  const ignored: string[] = [];
  const seen = new Set<string>();
  let at = 0;
  for (; at < lines.length && (isDecorator(lines[at]) || isBlank(lines[at])); at++) {
    if (isBlank(lines[at])) continue;
    const group = [lines[at]];
    while (lines[at + 1]?.startsWith("@@@")) group.push(lines[++at]);
    const taken = group.some((line) => apply(line ?? "", decorators, seen));
    if (!taken) ignored.push(nameOf(group[0] ?? "").name);
  }
  return { text: lines.slice(at).join("\n").trim(), decorators, ignored };
}

function isDecorator(line: string | undefined): boolean {
  return line !== undefined && /^@@+[a-z]/.test(line);
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && line.trim() === "";
}

function nameOf(line: string): { name: string; value: string } {
  const [, name = "", value = ""] = /^@+(\w+)(.*)$/s.exec(line.trim()) ?? [];
  return { name, value: value.trim() };
}

/** Of several with one name the first counts. */
function apply(line: string, decorators: Decorators, seen: Set<string>): boolean {
  const { name, value } = nameOf(line);
  const isFirst = !seen.has(name);
  switch (name) {
    case "activate":
      decorators.isActivated = true;
      return true;
    case "dont_activate":
      decorators.isNeverActivated = true;
      return true;
    case "scan_depth":
      if (!/^\d{1,6}$/.test(value)) return false;
      if (isFirst) decorators.scanDepth = Number(value);
      break;
    case "additional_keys":
      if (isFirst) decorators.additionalKeys = listOf(value);
      break;
    case "exclude_keys":
      if (isFirst) decorators.excludedKeys = listOf(value);
      break;
    default:
      return false;
  }
  seen.add(name);
  return true;
}

export function listOf(value: string): string[] {
  return value
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function emptyDecorators(): Decorators {
  return {
    isActivated: false,
    isNeverActivated: false,
    scanDepth: null,
    additionalKeys: [],
    excludedKeys: [],
  };
}
