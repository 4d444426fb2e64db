/** A page that draws `source` and posts its height, or 0 where that fails. It may run its own script and nothing else. */
export async function diagramPage(source: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(library, { signal });
  if (!response.ok) throw new Error(`The diagram library answered ${response.status}`);
  const drawn = { source, theme: isDark() ? "dark" : "neutral" };
  return `<!doctype html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="${isDark() ? "dark" : "light"}">
<style>body { margin: 0; } svg { display: block; margin: auto; max-width: 100%; height: auto; }</style>
<body>
<script>${inScript(await response.text())}</script>
<script>(${draw})(${JSON.stringify(drawn).replaceAll("<", "\\u003c")})</script>`;
}

const library = new URL("@mermaid-js/tiny/dist/mermaid.tiny.js", import.meta.url);

/** Nothing in a script ends the element it stands in. */
function inScript(script: string): string {
  return script.replace(/<(?=\/script|!--)/gi, "<\\");
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  if (theme === "dark" || theme === "light") return theme === "dark";
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Runs in the frame, where the library is the global `mermaid`. */
const draw = `async ({ source, theme }) => {
  try {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true, theme });
    const { svg } = await mermaid.render("diagram", source);
    document.body.innerHTML = svg;
    new ResizeObserver(() => parent.postMessage(document.body.getBoundingClientRect().height, "*")).observe(document.body);
  } catch {
    parent.postMessage(0, "*");
  }
}`;
