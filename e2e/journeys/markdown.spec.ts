import type { Locator } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { pictureUrl } from "@/e2e/scripted-model/picture";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("half of a syntax is never seen, nor does what was seen go away again", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const text = document.querySelector("article .markdown")?.textContent ?? "";
      if (text !== "" && text !== seen.at(-1)) seen.push(text);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await chat.ask("Show me [[text=markdown interval=8]]");
  await chat.untilAnswered();
  const seen: string[] = await page.evaluate(() => Reflect.get(window, "seen"));
  expect(seen.length).toBeGreaterThan(10);
  for (const text of seen) expect(text).not.toMatch(/\*\*|~~|\]\(|\| *-|`{3}ts|`{3}diff|\$\$|\\\(/);
});

test("code is coloured, wrapped and numbered as the reader likes, and copied without numbers", {
  tag: "@phone",
}, async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Show me [[text=markdown]]");
  const figure = chat.answers.getByRole("figure", { name: "Code in ts" });
  await expect(figure.locator("[data-colour=keyword]", { hasText: "export" })).toBeVisible();

  const code = figure.locator("pre");
  await figure.getByRole("button", { name: "Wrap lines" }).click();
  await expect(figure.getByRole("button", { name: "Wrap lines" })).toHaveAttribute("aria-pressed", "true");
  await expect(code).toHaveCSS("white-space-collapse", "preserve");
  await expect(code).toHaveCSS("text-wrap-mode", "wrap");
  expect(await numbering(code)).toEqual(Array(7).fill({ before: "none", counted: "none" }));
  await figure.getByRole("button", { name: "Line numbers" }).click();
  expect(await numbering(code)).toEqual(Array(7).fill({ before: "counter(line)", counted: "line 1" }));
  await figure.getByRole("button", { name: "Copy code" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^export async function\* lines[\s\S]*\n}$/);
});

test("a table that is wider than the page scrolls in its frame, and the page stays as wide as it is", {
  tag: "@phone",
}, async ({ page }) => {
  const chat = chatPage(page);
  const row = (cell: (column: number) => string) =>
    `|${Array.from({ length: 14 }, (_, n) => cell(n)).join("|")}|`;
  const table = [row((n) => `Column ${n}`), row(() => "-"), row((n) => `Cell ${n}`)].join("\n");
  await page.goto("/");
  await chat.askToTheEnd(`Show me [[say='${table}']]`);
  const frame = chat.answers.getByRole("region", { name: "Table" });
  const last = frame.getByRole("cell", { name: "Cell 13" });
  expect(await frame.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeGreaterThan(100);
  await expect(last).not.toBeInViewport();

  await frame.focus();
  await expect(async () => {
    await page.keyboard.press("ArrowRight");
    await expect(last).toBeInViewport({ ratio: 1, timeout: 100 });
  }).toPass({ intervals: [50], timeout: 20_000 });
  const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(beyond)).toBe(0);
});

test("a formula that is being set moves nothing by as much as a line", async ({ context, page, person }) => {
  const setter = Promise.withResolvers<void>();
  await context.route(/\/chunks\/.*\.js/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes("katex-display")) await setter.promise;
    await route.fulfill({ response, body });
  });
  const formulas = ["\\int_0^1 x\\,dx = \\frac{1}{2}", "a = b", "\\sum_{n=1}^N \\frac{1}{n^2}"];
  const text = `Before\n\n${formulas.map((tex) => `$$${tex}$$`).join("\n\n")}\n\nAfter`;
  const { response, chatId } = await ask(person, `Set this [[say='${text}']]`);
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  const last = page.getByText("After", { exact: true });
  const height = () =>
    last.evaluate((after) => {
      const before = after.closest(".markdown")?.getBoundingClientRect().top ?? 0;
      return after.getBoundingClientRect().top - before;
    });
  await expect(page.locator("[data-formula]")).toHaveCount(3);
  const written = await height();
  setter.resolve();
  await expect(page.locator(".katex-display")).toHaveCount(3);
  expect(Math.abs((await height()) - written) / formulas.length).toBeLessThan(26);
});

test("formulas are set, prices are not, and neither code nor formulas cost a page that has none", async ({
  page,
}) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Plain [[text=answer]]");
  const before = new Set(fetched);
  await chat.askToTheEnd("Show me [[text=markdown]]");
  const answer = chat.answers.last();
  await expect(answer.locator(".katex-display .katex-mathml")).toContainText("dx");
  await expect(answer.locator(".katex")).toHaveCount(3);
  await expect(answer.getByText("a price of $5 and $10")).toBeVisible();
  expect([...before].filter((url) => /KaTeX/.test(url))).toEqual([]);
  expect(fetched.filter((url) => /KaTeX.*woff2/.test(url)).length).toBeGreaterThan(0);
});

test("a diagram is drawn where somebody asks for it", { tag: "@phone" }, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd('Draw [[say="```mermaid\\ngraph TD\\n  A[Ask] --> B[Answer]\\n```"]]');
  const figure = chat.answers.getByRole("figure", { name: "Code in mermaid" });
  await expect(figure.locator("pre")).toContainText("graph TD");
  await expect(figure.locator("iframe")).toHaveCount(0);
  await figure.getByRole("button", { name: "Show diagram" }).click();

  const frame = figure.locator("iframe[title=Diagram]");
  await expect(frame.contentFrame().locator("svg")).toContainText("Answer");
  await expect(figure.getByText("Drawing…")).toBeHidden();
  await expect(figure.locator("pre")).toBeHidden();
  expect((await frame.boundingBox())?.height).toBeGreaterThan(100);
  await figure.getByRole("button", { name: "Show code" }).click();
  await expect(figure.locator("pre")).toBeVisible();
});

test("the frame of a diagram reaches neither the page nor any network", async ({ app, context }) => {
  const reached: string[] = [];
  // Not the page of the fixture: what is refused here is told in its console.
  const page = await context.newPage();
  page.on("response", (response) => {
    if (!response.url().startsWith(app.url) && response.url().startsWith("http"))
      reached.push(response.url());
  });
  const refused = page.waitForEvent("requestfailed", (request) => request.url().includes("example.com"));
  const chat = chatPage(page);
  await page.goto(app.url);
  const label = "</script><script>parent.pwned=1</script><img src=https://example.com/x.png onerror=alert>";
  await chat.askToTheEnd(`Draw [[say="\`\`\`mermaid\\ngraph TD\\n  A[${label}] --> B[Answer]\\n\`\`\`"]]`);
  await chat.answers.getByRole("button", { name: "Show diagram" }).click();

  const frame = chat.answers.locator("iframe[title=Diagram]");
  await expect(frame).toHaveAttribute("sandbox", "allow-scripts");
  await expect(frame.contentFrame().locator("svg")).toContainText("Answer");
  expect((await refused).failure()?.errorText).toBe("csp");
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  expect(reached).toEqual([]);
});

test("a diagram that cannot be drawn says so and stays code", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd('Draw [[say="```mermaid\\ngraph TD\\n  A[[[ --> \\n```"]]');
  const figure = chat.answers.getByRole("figure", { name: "Code in mermaid" });
  await figure.getByRole("button", { name: "Show diagram" }).click();
  await expect(figure.getByText("This diagram could not be drawn.")).toBeVisible();
  await expect(figure.locator("pre")).toBeVisible();
});

test("each paragraph, list and table runs in the direction of its own text", async ({ page, person }) => {
  const say =
    "Left to right.\\n\\nمن اليمين **إلى** اليسار.\\n\\n- واحد\\n\\n- two\\n\\n| اسم | x |\\n| - | - |\\n| ب | c |";
  const { response, chatId } = await ask(person, `Say [[say="${say}"]]`);
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  const answer = chatPage(page).answers.last();
  const direction = (selector: string) =>
    answer
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).direction);
  expect(await direction("p:has-text('Left to right')")).toBe("ltr");
  expect(await direction("p:has-text('اليسار')")).toBe("rtl");
  expect(await direction("ul")).toBe("rtl");
  expect(await direction("table")).toBe("rtl");
  expect(await direction("th:has-text('x')")).toBe("rtl");
});

test("a picture from elsewhere is fetched once, when somebody asks for it, and a link tells nobody who comes", {
  tag: "@phone",
}, async ({ context, page }) => {
  const asked: { url: string; referrer: string | undefined }[] = [];
  await context.route("https://pictures.example/**", async (route) => {
    asked.push({ url: route.request().url(), referrer: route.request().headers().referer });
    const isPage = route.request().isNavigationRequest();
    await route.fulfill(
      isPage
        ? { contentType: "text/html", body: "<p>Elsewhere</p>" }
        : { contentType: "image/png", body: Buffer.from(pictureUrl(20, 1).split(",")[1] ?? "", "base64") },
    );
  });
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd(
    'Show [[say="![A cat](https://pictures.example/cat.png)\n\n[Its page](https://pictures.example/page)"]]',
  );
  await page.reload();
  const show = chat.answers.getByRole("button", { name: "Show “A cat” from pictures.example" });
  await expect(show).toBeVisible();
  expect(asked).toEqual([]);

  await show.click();
  const picture = chat.answers.getByRole("img", { name: "A cat" });
  await expect
    .poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
    .toBe(20);
  expect(asked).toEqual([{ url: "https://pictures.example/cat.png", referrer: undefined }]);

  const [elsewhere] = await Promise.all([
    context.waitForEvent("page"),
    chat.answers.getByRole("link", { name: "Its page" }).click(),
  ]);
  await expect(elsewhere.getByText("Elsewhere")).toBeVisible();
  expect(await elsewhere.evaluate(() => window.opener)).toBeNull();
  expect(asked.slice(1)).toEqual([{ url: "https://pictures.example/page", referrer: undefined }]);
});

test("a footnote is one press away, and back", { tag: "@phone" }, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Show me [[text=markdown]]");
  const mark = chat.answers.getByRole("link", { name: "Footnote 1" });
  await mark.click();
  const back = chat.answers.getByRole("link", { name: "Back to the text" });
  await expect(back).toBeInViewport();
  await expect(back).toBeFocused();
  await back.press("Enter");
  await expect(mark).toBeFocused();
  await expect(mark).toBeInViewport();
});

test("an answer of a megabyte is there to its end", async ({ page }) => {
  test.slow();
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("All of it [[text=markdown tokens=180000]]");
  await expect(chat.answers.last()).toHaveAttribute("aria-busy", "false", { timeout: 120_000 });
  const drawn = () =>
    chat.answers
      .last()
      .locator(".markdown")
      .evaluate((element) => element.textContent?.length ?? 0);
  // What is far from view is drawn when the page has nothing else to do.
  await expect.poll(drawn, { timeout: 120_000 }).toBeGreaterThan(700_000);
  await chat.question.fill("Still alive", { timeout: 60_000 });
  await expect(chat.question).toHaveValue("Still alive");
});

/** What stands before each line of code, and what is counted there. */
function numbering(code: Locator) {
  return code.locator(".code-line").evaluateAll((lines) =>
    lines.map((line) => ({
      before: getComputedStyle(line, "::before").content,
      counted: getComputedStyle(line).counterIncrement,
    })),
  );
}
