import type { LanguageFn } from "highlight.js";

/** Each language is fetched when a block of it is shown. */
export const languages = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  diff: () => import("highlight.js/lib/languages/diff"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
  elixir: () => import("highlight.js/lib/languages/elixir"),
  go: () => import("highlight.js/lib/languages/go"),
  graphql: () => import("highlight.js/lib/languages/graphql"),
  haskell: () => import("highlight.js/lib/languages/haskell"),
  http: () => import("highlight.js/lib/languages/http"),
  ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"),
  latex: () => import("highlight.js/lib/languages/latex"),
  lua: () => import("highlight.js/lib/languages/lua"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  nginx: () => import("highlight.js/lib/languages/nginx"),
  perl: () => import("highlight.js/lib/languages/perl"),
  php: () => import("highlight.js/lib/languages/php"),
  powershell: () => import("highlight.js/lib/languages/powershell"),
  python: () => import("highlight.js/lib/languages/python"),
  r: () => import("highlight.js/lib/languages/r"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  scala: () => import("highlight.js/lib/languages/scala"),
  scss: () => import("highlight.js/lib/languages/scss"),
  shell: () => import("highlight.js/lib/languages/shell"),
  sql: () => import("highlight.js/lib/languages/sql"),
  swift: () => import("highlight.js/lib/languages/swift"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
} satisfies Record<string, () => Promise<{ default: LanguageFn }>>;

export type Language = keyof typeof languages;

/** The language that a fence names, if it is one of ours. */
export function findLanguage(name: string): Language | null {
  const written = name.toLowerCase();
  const found = aliases.get(written) ?? written;
  return isLanguage(found) ? found : null;
}

function isLanguage(name: string): name is Language {
  return Object.hasOwn(languages, name);
}

/** Those that are colourless without another one inside. */
export const embedded: Partial<Record<Language, readonly Language[]>> = {
  xml: ["css", "javascript"],
  markdown: ["xml"],
  php: ["xml"],
  shell: ["bash"],
};

const aliases: ReadonlyMap<string, string> = new Map([
  ["sh", "bash"],
  ["zsh", "bash"],
  ["console", "shell"],
  ["shellsession", "shell"],
  ["h", "c"],
  ["c++", "cpp"],
  ["cc", "cpp"],
  ["hpp", "cpp"],
  ["arduino", "cpp"],
  ["cs", "csharp"],
  ["c#", "csharp"],
  ["patch", "diff"],
  ["docker", "dockerfile"],
  ["ex", "elixir"],
  ["golang", "go"],
  ["gql", "graphql"],
  ["hs", "haskell"],
  ["toml", "ini"],
  ["env", "ini"],
  ["dotenv", "ini"],
  ["properties", "ini"],
  ["js", "javascript"],
  ["jsx", "javascript"],
  ["mjs", "javascript"],
  ["cjs", "javascript"],
  ["json5", "json"],
  ["jsonc", "json"],
  ["jsonl", "json"],
  ["kt", "kotlin"],
  ["tex", "latex"],
  ["make", "makefile"],
  ["md", "markdown"],
  ["mdx", "markdown"],
  ["pl", "perl"],
  ["ps1", "powershell"],
  ["pwsh", "powershell"],
  ["py", "python"],
  ["python3", "python"],
  ["ipython", "python"],
  ["rb", "ruby"],
  ["rs", "rust"],
  ["sass", "scss"],
  ["less", "scss"],
  ["postgres", "sql"],
  ["postgresql", "sql"],
  ["mysql", "sql"],
  ["sqlite", "sql"],
  ["ts", "typescript"],
  ["tsx", "typescript"],
  ["mts", "typescript"],
  ["html", "xml"],
  ["svg", "xml"],
  ["vue", "xml"],
  ["svelte", "xml"],
  ["yml", "yaml"],
]);
