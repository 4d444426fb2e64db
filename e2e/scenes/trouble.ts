import type { Page, Route } from "@playwright/test";

/** Has the server answer a call of our API as it does when its database is gone. */
export async function fail(page: Page, path: RegExp): Promise<void> {
  await page.route(path, (route) => route.fulfill({ status: 503, json: { error: unavailable } }));
}

/** Has a call of our API wait, for as long as the page is looked at. */
export async function hold(page: Page, path: RegExp): Promise<void> {
  await page.route(path, () => {});
}

const unavailable = {
  type: "unavailable",
  message: "Parley cannot answer right now. Try again in a moment.",
  provider: null,
  retryable: true,
  retryAfterMs: null,
  requestId: "r7",
};

/** Has the server fail while it draws this page for somebody who comes there from another one. */
export async function breakPage(page: Page, path: string): Promise<void> {
  await page.addInitScript(beSilent);
  await page.route(
    (url) => url.pathname === path && url.searchParams.has("_rsc"),
    async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: withoutPage(await response.text()) });
    },
  );
}

/** Has the page for failures fail itself, so that nothing of the layout is left. */
export async function breakErrorPage(page: Page): Promise<void> {
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const thrown = '(()=>{throw Object.assign(Error(),{digest:"2718281828"})})()';
    await route.fulfill({ response, body: script.replaceAll(/"page\.errorDigest"(?!:)/g, thrown) });
  });
}

/** Errors in the console fail a test, and these are meant. */
function beSilent(): void {
  console.error = () => {};
  window.reportError = () => {};
}

/** What the server sends for a page in place of what it could not draw, in React's own format: a row a line. */
function withoutPage(flight: string): string {
  const row = /"s":"__PAGE__","d":\{"r":\["\$","\$\w+","[^"]*",\{"children":\["\$L(\w+)"/.exec(flight)?.[1];
  return flight.replace(new RegExp(`^${row}:.*$`, "m"), `${row}:E{"digest":"2718281828"}`);
}
