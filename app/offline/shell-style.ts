/** The colours and measures of app/globals.css, which this page cannot load. */
export const shellStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(0.99 0.0015 230), oklch(0.203 0.008 232));
  --raised: light-dark(oklch(1 0 0), oklch(0.241 0.009 232));
  --line: light-dark(oklch(0.64 0.016 218), oklch(0.56 0.018 225));
  --ink: light-dark(oklch(0.245 0.018 232), oklch(0.93 0.006 215));
  --soft: light-dark(oklch(0.43 0.018 228), oklch(0.775 0.012 218));
  --accent: light-dark(oklch(0.475 0.09 212), oklch(0.81 0.085 203));
  --on-accent: light-dark(oklch(0.99 0.004 210), oklch(0.2 0.03 220));
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
}
header { display: flex; align-items: center; gap: 0.5rem; height: 3.5rem; padding: 0 1.25rem; color: var(--accent); }
header span, h1 { font-family: "Iowan Old Style", Charter, "Sitka Text", Cambria, "Noto Serif", serif; color: var(--ink); }
header span { font-size: 1.125rem; font-weight: 600; }
main { width: min(34rem, 100%); margin: auto; padding: 1.25rem 1.25rem 5rem; }
h1 { font-size: clamp(1.625rem, 1.3rem + 1.4vw, 2.125rem); font-weight: 500; line-height: 1.2; text-wrap: balance; }
p { color: var(--soft); margin-top: 0.5rem; }
button {
  min-height: 2.75rem; margin-top: 1.25rem; padding: 0 1.25rem; border: 0; border-radius: 0.625rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-size: 0.875rem; font-weight: 500; cursor: pointer;
}
form { margin-top: 2.5rem; }
label { display: block; margin-bottom: 0.375rem; font-size: 0.875rem; font-weight: 500; }
textarea {
  width: 100%; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.875rem;
  background: var(--raised); color: inherit; font: inherit; resize: vertical;
}
#kept { font-size: 0.875rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
