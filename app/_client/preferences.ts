/** Choices of this browser that the server must know before it draws the first byte, so they are cookies. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "parley-theme";
export const sideBarCookie = "parley-side-bar";

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

export function readTheme(): Theme {
  return parseTheme(document.documentElement.dataset.theme);
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  remember(themeCookie, theme);
}

export function rememberSideBar(state: "open" | "closed"): void {
  remember(sideBarCookie, state);
}

const yearSeconds = 31_536_000;

function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers we serve
  document.cookie = `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}
