import { t } from "@/lib/i18n/server-translator";
import { shellScript } from "./shell-script";
import { shellStyle } from "./shell-style";

export const dynamic = "force-static";

/** All that a browser keeps of Parley for when it cannot be reached: one page that needs nothing else. */
export function GET(): Response {
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>${t("app.name")}</title>
<style>${shellStyle}</style>
</head>
<body>
<header>
<svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true"><path d="M3 9.5a6 6 0 0 1 6-6h5.500v13a6 6 0 0 1-6 6H3z" fill="currentColor"/><path d="M29 22.500a6 6 0 0 1-6 6h-5.500v-13a6 6 0 0 1 6-6H29z" fill="currentColor" opacity="0.55"/></svg>
<span>${t("app.name")}</span>
</header>
<main>
<h1>${t("shell.title")}</h1>
<p>${t("shell.text")}</p>
<button type="button" id="retry">${t("action.retry")}</button>
<form>
<label for="later">${t("shell.write")}</label>
<textarea id="later" rows="3" dir="auto" aria-describedby="kept"></textarea>
<p id="kept">${t("shell.kept")}</p>
</form>
</main>
<script>${shellScript}</script>
</body>
</html>
`;
