import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { createAppServer } from "@/e2e/app-server";
import { answerTo } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, signInAsGuest, signUp } from "@/e2e/person";

test("a guest comes in with one press, asks and is answered", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByRole("button", { name: "Continue as a guest" }).click();
  await expect(page.getByText("What would you like to talk about?")).toBeVisible();

  const chat = chatPage(page);
  await expect(chat.account).toHaveAccessibleName(/^Account: Guest/);
  await chat.askToTheEnd("Hello [[tokens=20]]");
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=20]]")));
});

test("a guest who creates an account keeps the chats and what is not sent, and finds them at the next sign-in", async ({
  context,
  page,
}) => {
  const chat = chatPage(page);
  const email = `${randomUUID()}@example.org`;
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue as a guest" }).click();
  await chat.askToTheEnd("Remember this [[tokens=12]]");
  const chatId = await chat.chatId();
  await context.route("**/api/chat", (route) => route.abort());
  await chat.ask("Reached nobody [[say=reached]]");
  await expect(page.getByRole("region", { name: "Waiting questions" })).toContainText("Reached nobody");
  await chat.question.fill("Half a thought");

  await chat.account.click();
  await page.getByRole("menuitem", { name: "Create an account to keep your chats" }).click();
  await expect(page.getByText("The chats you have move along to your account.")).toBeVisible();
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("nanoseconds");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(chat.account).toHaveAccessibleName(/^Account: Grace Hopper/);
  await context.unroute("**/api/chat");
  await chat.chats.getByRole("link", { name: "Remember this" }).click();
  await expect(chat.question).toHaveValue("Half a thought");
  await expect(chat.answers.last()).toContainText("reached", { timeout: 20_000 });

  await signOut(page);
  await page.goto(`/chat/${chatId}`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(page, email, "nanoseconds");
  await expect(page).toHaveURL(`/chat/${chatId}`);
  await expect(chat.answers.first()).toContainText(words(answerTo("[[tokens=12]]")));
});

test("a new account is made with a name and a password", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Create one" }).click();
  await page.getByLabel("E-mail").fill(`${randomUUID()}@example.org`);
  await page.getByLabel("Password").fill("a good password");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("What would you like to talk about?")).toBeVisible();
});

test("a wrong password, a wrong or taken address and a short password are told, and what was typed stays", async ({
  app,
  page,
}) => {
  const { email, password } = await signUp(app.url);
  await page.goto("/sign-in");
  await signIn(page, email, `${password}!`);
  await expect(chatPage(page).alert).toHaveText("E-mail and password do not match.");
  await expect(page.getByLabel("E-mail")).toHaveValue(email);

  await page.getByRole("button", { name: "Create one" }).click();
  await page.getByLabel("E-mail").fill("ada@nowhere");
  await page.getByLabel("Password").fill("long enough");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("This is not an e-mail address.")).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  expect(await page.getByLabel("Password").evaluate(isValid)).toBe(false);
  await page.getByLabel("Password").fill("long enough");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("There is an account with this e-mail already.")).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("who signs out leaves nothing behind for the next person at this browser", async ({ app, page }) => {
  const chat = chatPage(page);
  const first = await signUp(app.url);
  await lend(first, page.context());
  await page.goto("/");
  await chat.askToTheEnd("A private matter [[tokens=5]]");
  const chatId = await chat.chatId();
  await chat.question.fill("And another private");
  await page.getByRole("link", { name: "New chat" }).first().click();
  await chat.question.fill("A private draft");
  await page.evaluate(putAside, "parley-outbox-somebody-else");
  await signOut(page);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("private");
  // What another person of this browser has not sent yet waits for them.
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  await expect.poll(databases).toEqual(["parley-outbox-somebody-else"]);

  await page.goto(`/chat/${chatId}`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const second = await signUp(app.url);
  await signIn(page, second.email, second.password);
  await expect(page.getByText("This chat is not here")).toBeVisible();
  await page.goto("/");
  await expect(chat.question).toHaveValue("");
  await expect(page.getByText("Your chats will be listed here.")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("private");
});

test("where sign-up is closed the first person is let in and administers, and nobody after", async ({
  page,
}) => {
  const app = await createAppServer({ SIGN_UP: "closed" });
  try {
    await app.start();
    await page.goto(`${app.url}/sign-in`);
    await expect(page.getByText("The first one is the administrator’s.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Continue as a guest" })).toHaveCount(0);
    await page.getByRole("button", { name: "Create one" }).click();
    await page.getByLabel("E-mail").fill("first@example.org");
    await page.getByLabel("Password").fill("secret password");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(chatPage(page).question).toBeVisible();
    await page.context().clearCookies();
    await expect(signUp(app.url)).rejects.toThrow("SIGN_UP_CLOSED");
    await expect(signInAsGuest(app.url)).rejects.toThrow("GUESTS_CLOSED");
    await page.goto(`${app.url}/sign-in`);
    await expect(page.getByText("New accounts are not taken here.")).toBeVisible();
    await expect(page.getByText("The first one is the administrator’s.")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Create one" })).toHaveCount(0);
  } finally {
    await app.dispose();
  }
});

test("a guest is asked before leaving for good", async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.account.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without an account?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(chat.question).toBeVisible();

  await chat.account.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await dialog.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("two people cannot see each other's chats", async ({ app, browser, page }) => {
  const [ada, bob] = await Promise.all([signUp(app.url), signUp(app.url)]);
  await lend(ada, page.context());
  await page.goto("/");
  await chatPage(page).askToTheEnd("Only for Ada [[tokens=5]]");
  const chatId = await chatPage(page).chatId();

  const context = await browser.newContext({ baseURL: app.url });
  await lend(bob, context);
  const other = await context.newPage();
  const response = await other.goto(`/chat/${chatId}`);
  expect(response?.status()).toBe(404);
  await expect(other.getByText("This chat is not here")).toBeVisible();
  await other.goto("/");
  await expect(other.getByText("Your chats will be listed here.")).toBeVisible();
  await expect(other.locator("body")).not.toContainText("Only for Ada");
  await context.close();
});

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await chatPage(page).account.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

function isValid(field: Element): boolean {
  return field instanceof HTMLInputElement && field.validity.valid;
}

/** A question of somebody who was signed in here before. */
function putAside(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore("waiting", { keyPath: "id" }).put({ id: "q" });
    opening.onsuccess = () => {
      opening.result.close();
      resolve();
    };
    opening.onerror = () => reject(opening.error);
  });
}
