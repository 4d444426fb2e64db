import { type LoreRole, loreRoles } from "./tavern-settings";

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
  /** Of the character, as many at least. */
  messagesMin: number;
  /** Each so many messages of the character. */
  messagesEvery: number;
  position: "before" | "after" | null;
  depth: number | null;
  role: LoreRole | null;
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
  const read = readers[name]?.(value);
  if (!read) return false;
  if (!seen.has(name)) Object.assign(decorators, read);
  seen.add(name);
  return true;
}

type Reader = (value: string) => Partial<Decorators> | null;

/** `null` for a value that is none. */
const readers: Readonly<Record<string, Reader>> = {
  activate: () => ({ isActivated: true }),
  dont_activate: () => ({ isNeverActivated: true }),
  scan_depth: counted((scanDepth) => ({ scanDepth })),
  additional_keys: (value) => ({ additionalKeys: listOf(value) }),
  exclude_keys: (value) => ({ excludedKeys: listOf(value) }),
  activate_only_after: counted((messagesMin) => ({ messagesMin })),
  activate_only_every: counted((every) => (every < 1 ? null : { messagesEvery: every })),
  position(value) {
    if (value === "before_desc") return { position: "before" };
    return value === "after_desc" ? { position: "after" } : null;
  },
  depth: counted((depth) => ({ depth })),
  role(value) {
    const role = loreRoles.find((each) => each === value);
    return role ? { role } : null;
  },
};

function counted(read: (count: number) => Partial<Decorators> | null): Reader {
  return (value) => (/^\d{1,6}$/.test(value) ? read(Number(value)) : null);
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
    messagesMin: 0,
    messagesEvery: 1,
    position: null,
    depth: null,
    role: null,
  };
}
