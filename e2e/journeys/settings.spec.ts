import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { answerTo, ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person, signInAgain, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { listChats } from "@/lib/api/chats";
import { languages, locale } from "@/lib/i18n/languages";
import { exportedFileSchema } from "@/lib/transfer/exported-chat";

const sections = [
  "Account",
  "Appearance",
  "Chats",
  "Models",
  "Keys",
  "Prompt",
  "Profiles",
  "Usage",
  "Shortcuts",
  "Data",
];

test("the settings are a press away, and closing them leads back to the answer that went on", {
  tag: "@phone",
}, async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.ask("Go on [[tokens=400 interval=30]]");
  await expect(chat.answers).toContainText("10.");
  const chatId = await chat.chatId();
  await chat.question.fill("A draft");
  await chat.openSideBar();
  await chat.account.click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page).toHaveURL("/settings/account");
  for (const name of sections) {
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
    await expect(page).toHaveTitle(`${name} · Settings · Parley`);
  }
  await page.getByRole("link", { name: "Close settings" }).click();
  await expect(page).toHaveURL(`/chat/${chatId}`);
  await expect(chat.question).toHaveValue("A draft");
  await expect(chat.answers).toHaveAttribute("aria-busy", "false");
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=400]]")));
});

test("somebody who is signed out comes to the settings by signing in", async ({ app, page }) => {
  const account = await signUp(app.url);
  await page.goto("/settings/data");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/settings/data");
});

test("a name is changed, here and in the side bar", async ({ app, page }) => {
  await lend(await signUp(app.url), page.context());
  await page.goto("/settings/account");
  await page.getByLabel("Name").fill("  Ada Lovelace ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await expect(chatPage(page).account).toHaveAccessibleName(/^Account: Ada Lovelace/);
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Ada Lovelace");
});

test("a password is changed with the old one only, and other devices stay or go as chosen", async ({
  app,
  page,
}) => {
  const account = await signUp(app.url);
  const phone = await signInAgain(account);
  await lend(account, page.context());
  await page.goto("/settings/account");
  const change = async (current: string, next: string) => {
    await page.getByLabel("Current password").fill(current);
    await page.getByLabel("New password").fill(next);
    await page.getByRole("button", { name: "Change password" }).click();
  };
  await change("not the password", "another password");
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue("another password");

  await page.getByLabel("Sign out all other devices").uncheck();
  await change(account.password, "another password");
  await expect(page.getByText("Password changed")).toBeVisible();
  await expect(page.getByLabel("Current password")).toHaveValue("");
  expect((await phone.request("GET", "/api/chats")).status).toBe(200);
  await expect(signInAgain(account)).rejects.toThrow("401");

  await page.reload();
  await change("another password", account.password);
  await expect(page.getByText("Password changed")).toBeVisible();
  await expect(page.getByText("You are signed in on this device only.")).toBeVisible();
  expect((await phone.request("GET", "/api/chats")).status).toBe(401);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Devices" })).toBeVisible();
});

test("one device is signed out, then all others, and their pages notice", { tag: "@phone" }, async ({
  app,
  browser,
  page,
}) => {
  const account = await signUp(app.url);
  const [laptop] = [await signInAgain(account), await signInAgain(account)];
  const context = await browser.newContext({ baseURL: app.url });
  await lend(laptop, context);
  await lend(account, page.context());
  const other = await context.newPage();
  await other.goto("/");
  await page.goto("/settings/account");
  const devices = page.getByRole("region", { name: "Devices" }).getByRole("listitem");
  await expect(devices).toHaveCount(3);
  await expect(devices.first()).toContainText("This device");
  await expect(devices.nth(1)).toContainText("Last used now");
  await devices.nth(1).getByRole("button", { name: "Sign out Node.js" }).click();
  await expect(page.getByText("Node.js is signed out")).toBeVisible();
  await expect(devices).toHaveCount(2);
  await page.getByRole("button", { name: "Sign out all other devices" }).click();
  await expect(page.getByText("You are signed in on this device only.")).toBeVisible();
  expect((await laptop.request("GET", "/api/chats")).status).toBe(401);
  await other.reload();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await context.close();
});

test("an account is deleted with its password, and this browser forgets drafts and waiting questions", async ({
  app,
  page,
}) => {
  const account = await signUp(app.url);
  await createChat(account, "One");
  await lend(account, page.context());
  await page.goto("/");
  await chatPage(page).question.fill("A draft of mine");
  await page.evaluate(() => caches.open("a cache").then((cache) => cache.put("/mine", new Response("mine"))));
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Delete account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await expect(dialog).toContainText("1 chat with all versions");
  await dialog.getByLabel("Current password").fill("not the password");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(dialog.getByText("This is not your current password.")).toBeVisible();
  await dialog.getByLabel("Current password").fill(account.password);
  await dialog.getByRole("button", { name: "Delete for good" }).click();

  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(signInAgain(account)).rejects.toThrow("401");
  await page.getByRole("button", { name: "Continue as a guest" }).click();
  await expect(chatPage(page).question).toHaveValue("");
  expect(await page.evaluate(() => caches.keys())).not.toContain("a cache");
  await expect(page.getByText("Your chats will be listed here.")).toBeVisible();
});

test("a guest is offered an account instead, and deletes everything by typing a word", async ({
  page,
  person,
}) => {
  await createChat(person, "One");
  await lend(person, page.context());
  await page.goto("/settings/account");
  await expect(page.getByLabel("Current password")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Create an account to keep your chats" })).toHaveAttribute(
    "href",
    "/sign-in?mode=create",
  );
  await page.getByRole("button", { name: "Delete everything" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete everything of yours?" });
  const confirm = dialog.getByRole("button", { name: "Delete for good" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Type “delete” to confirm").fill("Delete");
  await confirm.click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect((await person.request("GET", "/api/chats")).status).toBe(401);
});

test("theme, text size and spacing take effect at once and stay, from the first drawing on", {
  tag: "@phone",
}, async ({ page, person }) => {
  await lend(person, page.context());
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/settings/appearance");
  const look = () =>
    page.evaluate(() => {
      const { fontSize } = getComputedStyle(document.documentElement);
      const padding = getComputedStyle(document.querySelector("header") ?? document.body).height;
      return { ground: getComputedStyle(document.body).backgroundColor, fontSize, padding };
    });
  const before = await look();
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("radio", { name: "Largest" }).check();
  await page.getByRole("radio", { name: "Compact" }).check();
  const after = await look();
  expect(after.ground).not.toBe(before.ground);
  expect(after.fontSize).toBe("20px");
  expect(before.fontSize).toBe("16px");
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
  expect(await look()).toMatchObject({ ground: after.ground, fontSize: "20px" });
  await page.goto("/settings/appearance");
  for (const name of ["Dark", "Largest", "Compact"]) {
    await expect(page.getByRole("radio", { name })).toBeChecked();
  }
});

test("the languages there are can be chosen from, and the page says which one it is in", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  await page.goto("/settings/appearance");
  const language = page.getByRole("combobox", { name: "Language" });
  await expect(language.getByRole("option")).toHaveText(languages.map(({ name }) => name));
  await expect(language).toHaveValue(locale);
  await expect(language.getByRole("option", { selected: true })).toHaveAttribute("lang", locale);
  await expect(page.locator("html")).toHaveAttribute("lang", locale);
});

test("whether answers are finished after a failure is the person's choice", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/settings/chats");
  const choice = page.getByRole("switch", { name: "Finish answers after a server failure" });
  await expect(choice).toBeChecked();
  const saved = page.waitForResponse("**/api/auth/update-user");
  await choice.press("Space");
  expect((await saved).status()).toBe(200);
  await page.reload();
  await expect(choice).not.toBeChecked();
});

test("a setting that cannot be saved goes back, and says so", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/settings/chats");
  await page.route("**/api/auth/update-user", (route) => route.abort());
  const choice = page.getByRole("switch", { name: "Finish answers after a server failure" });
  await choice.press("Space");
  await expect(page.getByText("This could not be saved. Try again.")).toBeVisible();
  await expect(choice).toBeChecked();
});

test("what Enter does and what stays in view is kept in this browser, and holds in the next chat", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  await page.goto("/settings/chats");
  await page.getByRole("radio", { name: "Begins a new line" }).check();
  await page.getByRole("radio", { name: "Its beginning" }).check();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Begins a new line" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Its beginning" })).toBeChecked();

  const chat = chatPage(page);
  await page.getByRole("link", { name: "Close settings" }).click();
  await chat.question.pressSequentially("One");
  await chat.question.press("Enter");
  await chat.question.pressSequentially("Two [[tokens=2]]");
  await expect(chat.question).toHaveValue("One\nTwo [[tokens=2]]");
  await chat.question.press("Control+Enter");
  await expect(chat.questions).toHaveCount(1);
});

test("chats are taken along as one file", async ({ page, person }) => {
  await createChat(person, "One");
  await lend(person, page.context());
  await page.goto("/settings/data");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export as JSON" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^parley-.*\.json$/);
  const file = exportedFileSchema.parse(JSON.parse(await readFile(await download.path(), "utf8")));
  expect(file.chats.map(({ title }) => title)).toEqual(["One [[tokens=2]]"]);
  const [document] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export as Markdown" }).click(),
  ]);
  expect(words(await readFile(await document.path(), "utf8"))).toContain("# One [[tokens=2]]");
});

test("all chats are deleted after a question, and are in the trash then", async ({ page, person }) => {
  const chat = chatPage(page);
  await createChat(person, "One");
  await createChat(person, "Two");
  await lend(person, page.context());
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Delete all chats" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete all 2 chats?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await person.call(listChats)).items).toHaveLength(2);
  await page.getByRole("button", { name: "Delete all chats" }).click();
  await dialog.getByRole("button", { name: "Move to the trash" }).click();
  await expect(page.getByText("2 chats are in the trash")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 chats restored")).toBeVisible();
  await expect(chat.chats.getByRole("link")).toHaveCount(2);
  await page.getByRole("button", { name: "Delete all chats" }).click();
  await dialog.getByRole("button", { name: "Move to the trash" }).click();
  await expect(chat.chats.getByRole("link")).toHaveCount(0);
  await expect(page.getByText("There are no chats to delete.")).toBeVisible();
  expect((await person.call(listChats, { query: { deleted: true } })).items).toHaveLength(2);
});

test("whoever comes back daily stays signed in: the session is renewed once a day", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  let renewals = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/auth/get-session")) renewals += 1;
  });
  const renewed = page.waitForResponse("**/api/auth/get-session");
  await page.goto("/");
  expect((await renewed).status()).toBe(200);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("parley.renewed"))).not.toBeNull();
  await page.reload();
  await expect(chatPage(page).question).toBeFocused();
  expect(renewals).toBe(1);
});

test("nothing keeps people from the settings, nor from what they ask", async ({ app, page }) => {
  const account = await signUp(app.url);
  await signInAgain(account);
  await createChat(account, "One");
  await lend(account, page.context());
  for (const name of sections) {
    // Before the page is drawn: a section that is still on its way keeps the colours it began with.
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(`/settings/${name.toLowerCase()}`);
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
    await expectNoBarriers(page, name);
  }
  await page.getByRole("button", { name: "Delete all chats" }).click();
  await expectNoBarriers(page, "deleting all chats");
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Delete account" }).click();
  await expectNoBarriers(page, "deleting the account");
});

test("with the keyboard alone a theme is chosen and a device is signed out", async ({ app, page }) => {
  const account = await signUp(app.url);
  await signInAgain(account);
  await lend(account, page.context());
  await page.goto("/settings/account");
  const appearance = page.getByRole("link", { name: "Appearance" });
  await tabTo(page, "Sign out Node.js");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Node.js is signed out")).toBeVisible();

  await appearance.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Appearance" })).toBeVisible();
  await page.getByRole("radio", { name: "System" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

/** Presses Tab until the button of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name });
  await expect(button).toBeVisible();
  await page.getByRole("link", { name: "Close settings" }).focus();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(button).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
}

async function createChat(person: Person, title: string): Promise<void> {
  await readStream((await ask(person, `${title} [[tokens=2]]`)).response);
}
