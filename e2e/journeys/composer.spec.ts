import type { Page } from "@playwright/test";
import { z } from "zod";
import { ask, messagesOf } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("Enter that chooses a word of an input method sends nothing, and the Enter after it sends", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.question.focus();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await keyboard.send("Input.dispatchKeyEvent", {
    type: "rawKeyDown",
    key: "Enter",
    windowsVirtualKeyCode: 229,
  });
  await keyboard.send("Input.insertText", { text: "日本" });
  await expect(chat.question).toHaveValue("日本");
  await expect(chat.questions).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(chat.questions).toHaveText(/日本/);
});

test("where the word is chosen before its Enter is told of, as in Safari, that Enter sends nothing either", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.question.fill("你好");
  await chat.question.evaluate((field) => {
    field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "你好" }));
    field.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, key: "Enter", keyCode: 229 }));
  });
  await expect(chat.question).toHaveValue("你好");
  await page.keyboard.press("Enter");
  await expect(chat.questions).toHaveText(/你好/);
});

test("who wants it so begins a new line with Enter, and sends with Ctrl and Enter", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await expect(chat.question).toBeFocused();
  await page.keyboard.press("Control+/");
  await page.getByRole("radio", { name: "Begins a new line" }).check({ force: true });
  await page.keyboard.press("Escape");
  await page.reload();
  await chat.question.pressSequentially("One");
  await page.keyboard.press("Enter");
  await chat.question.pressSequentially("two [[tokens=1]]");
  await page.keyboard.press("Control+Enter");
  await chat.untilAnswered();
  const [question] = await messagesOf(person, await chat.chatId());
  expect(question?.parts).toEqual([{ type: "text", text: "One\ntwo [[tokens=1]]" }]);
});

test("the arrows go through the questions that were asked, from an empty field only", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("First [[tokens=1]]");
  await chat.askToTheEnd("Second [[tokens=1]]");
  await page.keyboard.press("ArrowUp");
  await expect(chat.question).toHaveValue("Second [[tokens=1]]");
  await page.keyboard.press("ArrowUp");
  await expect(chat.question).toHaveValue("First [[tokens=1]]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(chat.question).toHaveValue("");
  await chat.question.fill("My own");
  await page.keyboard.press("ArrowUp");
  await expect(chat.question).toHaveValue("My own");
});

test("two tabs of one chat keep what was typed in each, and share what nobody has changed", async ({
  context,
  page,
  person,
}) => {
  const asked = await ask(person, "Drafts [[tokens=1]]");
  await readStream(asked.response);
  const other = await context.newPage();
  const [here, there] = [chatPage(page), chatPage(other)];
  await page.goto(`/chat/${asked.chatId}`);
  await here.question.fill("Typed here");
  await untilKept(page, "Typed here");
  await other.goto(`/chat/${asked.chatId}`);
  await expect(there.question).toHaveValue("Typed here");
  await there.question.fill("Typed there");
  await Promise.all([page.reload(), other.reload()]);
  await expect(here.question).toHaveValue("Typed here");
  await expect(there.question).toHaveValue("Typed there");
});

test("a draft that another tab sent as it was is not offered again, and that of a closed tab is", async ({
  context,
  page,
}) => {
  const other = await context.newPage();
  const [here, there] = [chatPage(page), chatPage(other)];
  await page.goto("/");
  await here.question.fill("Only once [[tokens=1]]");
  await untilKept(page, "Only once");
  await other.goto("/");
  await expect(there.question).toHaveValue("Only once [[tokens=1]]");
  await there.send.click();
  await there.untilAnswered();
  await expect(here.question).toHaveValue("");
  await here.question.fill("Left behind");
  await page.close({ runBeforeUnload: false });
  await other.goto("/");
  await expect(there.question).toHaveValue("Left behind");
});

test("the field grows with the text up to a limit, and scrolls from there", { tag: "@phone" }, async ({
  page,
}) => {
  const chat = chatPage(page);
  const windowHeight = page.viewportSize()?.height ?? 0;
  await page.goto("/");
  const heightOf = () => chat.question.evaluate((field) => field.clientHeight);
  const empty = await heightOf();
  await chat.question.fill("One\ntwo\nthree");
  const three = await heightOf();
  expect(three).toBeGreaterThan(empty);
  await chat.question.fill("Line\n".repeat(400));
  expect(await heightOf()).toBeLessThanOrEqual(windowHeight * 0.4 + 1);
  expect(await chat.question.evaluate((field) => field.scrollHeight > field.clientHeight)).toBe(true);
  await chat.question.fill("");
  expect(await heightOf()).toBe(empty);
});

test("a megabyte can be pasted and typed on; more than a question may have is refused with a sentence", {
  tag: "@phone",
}, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.question.focus();
  const pasting = await watchWork(page);
  await paste(page, "A line of it.\n".repeat(71_428));
  expect(await pasting()).toBeLessThan(workSecondsMax);
  const typing = await watchWork(page);
  await page.keyboard.type("three");
  await expect.poll(async () => (await chat.question.inputValue()).length).toBe(999_997);
  expect(await typing()).toBeLessThan(workSecondsMax);
  await paste(page, "too much");
  await expect(chat.question).toHaveAccessibleDescription(
    "This is too long: 1,000,005 of at most 1,000,000 characters.",
  );
  await expect.poll(async () => (await chat.question.inputValue()).length).toBe(999_997);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Short");
  await expect(chat.question).toHaveValue("Short");
  await expect(page.getByText("This is too long")).toBeHidden();
});

test("a chat sends once a second at most, and loses none of what comes sooner", async ({ page, person }) => {
  const chat = chatPage(page);
  await page.addInitScript(() => {
    const sentAt: number[] = [];
    const send = window.fetch;
    Object.assign(window, { sentAt });
    window.fetch = (url, init) => {
      if (url === "/api/chat" && init?.method === "POST") sentAt.push(performance.now());
      return send(url, init);
    };
  });
  await page.goto("/");
  for (const number of [1, 2, 3]) {
    await chat.question.fill(`Number ${number} [[tokens=1]]`);
    await page.keyboard.press("Enter");
  }
  await expect(chat.answers).toHaveCount(3);
  await chat.untilAnswered();
  const sentAt = z.array(z.number()).parse(await page.evaluate("sentAt"));
  expect(sentAt).toHaveLength(3);
  // Between its turn and its request lie some milliseconds of a busy machine.
  for (const index of [1, 2]) expect((sentAt[index] ?? 0) - (sentAt[index - 1] ?? 0)).toBeGreaterThan(900);
  expect(await messagesOf(person, await chat.chatId())).toHaveLength(6);
});

test("after nine seconds without a word the provider is called slow, until a word comes", {
  tag: "@phone",
}, async ({ page }) => {
  const chat = chatPage(page);
  await page.clock.install();
  await page.goto("/");
  await chat.ask("Anybody? [[tokens=2000 interval=20 delay=4000]]");
  await expect(chat.answers.getByText("Thinking…")).toBeVisible();
  await page.clock.fastForward(9_000);
  await expect(chat.answers.getByText("The provider is slow. Still waiting…")).toBeVisible();
  await expect(chat.answers).toContainText("10.");
  await expect(page.getByText("The provider is slow")).toBeHidden();
  await chat.stop.click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
});

test("a long text that is typed or pasted over comes back with Ctrl+Z, after what was typed since", async ({
  page,
}) => {
  const { question } = chatPage(page);
  const long = "A line of it.\n".repeat(1000);
  await page.goto("/");
  await question.fill(long);
  await question.press("Control+A");
  await page.keyboard.type("Oh");
  await expect(question).toHaveValue("Oh");
  await question.press("Control+Z");
  await question.press("Control+Z");
  await expect(question).toHaveValue(long);
  await untilKept(page, "A line of it.");

  await question.press("Control+A");
  await paste(page, "B ".repeat(6000));
  await expect(question).toHaveValue(/^B B/);
  await question.press("Control+Z");
  await expect(question).toHaveValue(long);
  await question.press("Control+A");
  await question.press("Delete");
  await expect(question).toHaveValue("");
  await question.press("Control+Z");
  await expect(question).toHaveValue(long);
});

test("a screen reader hears that an answer begins and that it has ended, and nothing in between", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await listen(page);
  await chat.askToTheEnd("Speak [[reasoning=10 tokens=60 interval=10]]");
  const ended = page.getByRole("status").filter({ hasText: "The answer is complete." });
  await expect(ended).toHaveCount(1);
  expect(await heard(page)).toEqual(["Parley is answering.", "The answer is complete."]);
});

test("a screen reader hears of a question that reaches nobody that it waits, and of no answer", async ({
  page,
}) => {
  await page.goto("/");
  await listen(page);
  await page.route("/api/chat", (route) => route.abort());
  await chatPage(page).ask("Is anybody listening?");
  await expect(page.getByRole("region", { name: "Waiting questions" })).toBeVisible({ timeout: 20_000 });
  expect(await heard(page)).toEqual(["Waits for the connection"]);
});

/** Notes what regions that are read out say from now on, but for the state of the connection. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest("output, [role=status], [role=alert], [role=log], [aria-live]");
        if (region && region.getAttribute("aria-label") !== "Connection")
          heard.push(region.textContent ?? "");
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

function heard(page: Page): Promise<unknown> {
  return page.evaluate(() => ("heard" in window ? window.heard : null));
}

/** As a person does it, without a clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await chatPage(page).question.evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    if (field.dispatchEvent(event)) document.execCommand("insertText", false, pasted);
  }, text);
}

/** Three to four times what a paste of 1 MB takes, or five keys below it; Chromium's own editing takes it 13 s and more. */
const workSecondsMax = 2.5;

/** Seconds that the processor has worked for the page's main thread since: waiting for a busy machine is not counted. */
async function watchWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const before = await worked();
  return async () => (await worked()) - before;
}

/** A draft is written a moment after the last key. */
async function untilKept(page: Page, text: string): Promise<void> {
  await page.waitForFunction((typed) => JSON.stringify(localStorage).includes(typed), text);
}
