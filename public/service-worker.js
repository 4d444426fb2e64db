/*
 * Shows one page, /offline, where the app cannot be reached. That page is the same for everybody and is all
 * that is kept: no answer of the API, no page with somebody's data, and no part of the app, so that a new
 * version is there as soon as it is served. Whatever is not a page passes by untouched, streams above all.
 */
const shellPath = "/offline";
const cacheName = "parley-shell";
const shellMsMax = 3_600_000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.registration.navigationPreload?.enable());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode !== "navigate" || request.method !== "GET") return;
  if (new URL(request.url).pathname.startsWith("/api/")) return;
  event.respondWith(open(event));
});

async function open(event) {
  try {
    const page = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(keepNewShell());
    return page;
  } catch {
    return (await caches.match(shellPath)) ?? Response.error();
  }
}

async function keepShell() {
  // Without cookies: the same for everybody.
  const shell = await fetch(shellPath, { credentials: "omit", cache: "no-store" });
  if (!shell.ok) throw new Error(`${shellPath}: ${shell.status}`);
  const cache = await caches.open(cacheName);
  await cache.put(shellPath, shell);
}

async function keepNewShell() {
  const kept = await caches.match(shellPath);
  const keptAt = Date.parse(kept?.headers.get("date") ?? "");
  if (Date.now() - keptAt < shellMsMax) return;
  // The one that is kept does as well until the next time.
  await keepShell().catch(() => {});
}
