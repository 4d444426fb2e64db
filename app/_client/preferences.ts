/** Choices of this browser that the server must know before it draws the first byte, so they are cookies. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "parley-theme";
export const sideBarCookie = "parley-side-bar";

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

export const textSizes = ["small", "medium", "large", "largest"] as const;
export type TextSize = (typeof textSizes)[number];

export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

export const textSizeCookie = "parley-text-size";
export const densityCookie = "parley-density";

export function parseTextSize(value: string | undefined): TextSize {
  return textSizes.find((size) => size === value) ?? "medium";
}

export function parseDensity(value: string | undefined): Density {
  return densities.find((density) => density === value) ?? "comfortable";
}

export function chooseTextSize(size: TextSize): void {
  document.documentElement.dataset.textSize = size;
  remember(textSizeCookie, size);
}

export function chooseDensity(density: Density): void {
  document.documentElement.dataset.density = density;
  remember(densityCookie, density);
}

export function readTheme(): Theme {
  return parseTheme(document.documentElement.dataset.theme);
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = paperOf(theme, meta.media.includes("dark") ? "dark" : "light");
  }
  remember(themeCookie, theme);
}

/** What the browser paints its own bars with: `--color-paper`, which it cannot read. */
export function paperOf(theme: Theme, system: "light" | "dark"): string {
  return (theme === "system" ? system : theme) === "dark" ? "#12181b" : "#f9fbfc";
}

/** What Enter does in the composer; Ctrl or ⌘ and Enter sends either way. */
export const sendWith = preference("parley-send-with", ["enter", "modified-enter"]);

/** What stays in view while an answer is written: its newest line, or its first. */
export const follow = preference("parley-follow", ["bottom", "top"]);

/** Whether single characters are shortcuts outside of fields; who dictates or uses a switch may not want them. */
export const singleKeys = preference("parley-single-keys", ["on", "off"]);

export function rememberSideBar(state: "open" | "closed"): void {
  remember(sideBarCookie, state);
}

/** A choice that only the browser needs; the first value is what holds until somebody chooses. All tabs share it. */
function preference<const Value extends string>(name: string, values: readonly [Value, ...Value[]]) {
  const listeners = new Set<() => void>();
  return {
    values,
    read(): Value {
      const stored = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
      return values.find((value) => stored === `${name}=${value}`) ?? values[0];
    },
    choose(value: Value): void {
      remember(name, value);
      for (const changed of listeners) changed();
    },
    /** Hears of choices made on this page. Gives the function that ends it. */
    subscribe(changed: () => void): () => void {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

const yearSeconds = 31_536_000;

function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers we serve
  document.cookie = `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}
