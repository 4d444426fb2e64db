import { readFile } from "node:fs/promises";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/");
});

test("a call is prepared, then not run, and says so after a reload as well", { tag: "@phone" }, async ({
  page,
}) => {
  const chat = chatPage(page);
  const input = JSON.stringify({ city: "Oslo", note: "word ".repeat(40) });
  await chat.ask(`Look [[interval=40 tool=get_weather args='${input}']]`);
  const call = chat.answers.last().getByRole("region", { name: "Tool call: get_weather" });
  await expect(call.getByText("Preparing")).toBeVisible();
  await expect(chat.answers.getByText("Thinking…")).toHaveCount(0);
  await chat.untilAnswered();
  await expect(call.getByText("Not run")).toBeVisible();
  await expect(page.getByText("The model answered with nothing.")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "The answer is complete." })).toHaveCount(1);

  await page.reload();
  await expect(call.getByText("Not run")).toBeVisible();
  await expect(call.getByText("Parley has no tool of this name")).toHaveCount(0);
  await call.locator("summary").press("Enter");
  await expect(call.getByText("Parley has no tool of this name, so nothing was run.")).toBeVisible();
  await expect(call.getByRole("figure", { name: "Input" })).toContainText('"city": "Oslo"');
  await expectNoBarriers(page, "a tool call");
});

test("what went into a call is copied as it is", async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = chatPage(page);
  await chat.askToTheEnd(`Look [[tool=search args='{"q":"x"}']]`);
  const call = chat.answers.last().getByRole("region", { name: "Tool call: search" });
  await call.locator("summary").click();
  await call.getByRole("button", { name: "Copy: Input" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('{\n  "q": "x"\n}');
});

test("an image is shown, enlarged by keyboard, saved to the last byte, and there after a reload", async ({
  page,
}) => {
  const chat = chatPage(page);
  await chat.askToTheEnd('Draw [[say="Here it is." image image-size=700]]');
  const image = chat.answers.last().getByRole("img", { name: "Image made by the model" });
  const isWhole = () =>
    image.evaluate((element) => element instanceof HTMLImageElement && element.naturalWidth === 700);
  await expect.poll(isWhole).toBe(true);
  await page.reload();
  await expect.poll(isWhole).toBe(true);

  const enlarge = chat.answers.last().getByRole("button", { name: "Enlarge: Image made by the model" });
  await enlarge.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Image made by the model" });
  await expect(dialog.getByRole("img")).toBeInViewport({ ratio: 0.99 });
  await expectNoBarriers(page, "a large image");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("image.png");
  const saved = await readFile(await download.path());
  expect(saved.subarray(1, 4).toString()).toBe("PNG");
  expect(saved.length).toBeGreaterThan(700 * 700 * 3);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(enlarge).toBeFocused();
});

test("an image alone is an answer, and what is missing of others is said", async ({ page }) => {
  const chat = chatPage(page);
  await chat.askToTheEnd("Draw [[tokens=0 image=6 image-size=30]]");
  const answer = chat.answers.last();
  await expect(answer.getByRole("img", { name: "Image made by the model" })).toHaveCount(4);
  await expect(
    answer.getByText("2 more images were made and not kept. An answer keeps four, of 16 MB in all."),
  ).toBeVisible();
  await expect(answer.getByText("The model answered with nothing.")).toHaveCount(0);
  await chat.askToTheEnd("And then [[say=words]]");
  await expect(chat.answers.last()).toContainText("words");
});

test("sources stand numbered below the answer, open apart from it, and are copied with it", {
  tag: "@phone",
}, async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (/example\.(com|org)/.test(request.url())) foreign.push(request.url());
  });
  const chat = chatPage(page);
  const more = Array.from(
    { length: 8 },
    (_, index) => `source="https://example.org/${index}" title="Page ${index}"`,
  );
  await chat.askToTheEnd(
    `Why [[say="Because." source="https://www.example.com/a" title="The [reason]" ${more.join(" ")}]]`,
  );
  const sources = chat.answers.last().getByRole("region", { name: "Sources" });
  const first = sources.getByRole("link").first();
  await expect(first).toHaveText("1The [reason]example.com");
  await expect(first).toHaveAttribute("href", "https://www.example.com/a");
  await expect(first).toHaveAttribute("target", "_blank");
  await expect(first).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(sources.getByRole("listitem")).toHaveCount(6);
  await sources.getByRole("button", { name: "Show all 9" }).click();
  await expect(sources.getByRole("listitem")).toHaveCount(9);
  await expectNoBarriers(page, "sources");

  await chat.answers.last().getByRole("button", { name: "Copy", exact: true }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect
    .poll(copied)
    .toMatch(
      /^Because\.\n\nSources:\n\n1\. \[The \\\[reason\\\]\]\(<https:\/\/www\.example\.com\/a>\)\n2\. /,
    );
  await page.reload();
  await expect(first).toHaveText("1The [reason]example.com");
  expect(foreign).toEqual([]);
});
