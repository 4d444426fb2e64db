import type { Page } from "@playwright/test";
import { type AppServer, createAppServer } from "@/e2e/app-server";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { test as base, callsOf, expect } from "@/e2e/fixtures";
import { lend, type Person, signInAsGuest, signUp } from "@/e2e/person";
import { providerKey, providerSettings } from "@/e2e/provider-settings";
import { fingerprint } from "@/e2e/scripted-model/journal";
import { listKeys, setKey } from "@/lib/api/keys";

interface Fixtures {
  /** A Parley without any key, whose OpenRouter is another site for the browser. */
  bareApp: AppServer;
}

const test = base.extend<Record<never, never>, Fixtures>({
  bareApp: [
    async ({ model }, use) => {
      const app = await createAppServer({
        ...providerSettings(model),
        OPENROUTER_API_KEY: "",
        OPENROUTER_BASE_URL: model.baseUrl.replace("127.0.0.1", "localhost"),
      });
      await app.start();
      await use(app);
      await app.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

const ownKey = "sk-or-v1-aaaabbbbccccddddeeeeffff00009f2c";

test("OpenRouter is connected with a press, and answers go over that account", async ({
  bareApp,
  model,
  page,
}) => {
  const chat = chatPage(page);
  await lend(await signUp(bareApp.url), page.context());
  await page.goto(`${bareApp.url}/settings/keys`);
  const card = cardOf(page, "OpenRouter");
  await expect(card).toContainText("There is no key that your answers could use.");
  await card.getByRole("link", { name: "Connect OpenRouter" }).click();
  await page.getByRole("link", { name: "Authorize" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("OpenRouter is connected.");
  const key = model.connectedKeys().at(-1) ?? "";
  await expect(card).toContainText(`sk-or-…${key.slice(-4)}`);
  await expect(card).toContainText("Connected");

  await page.goto(bareApp.url);
  await chat.askToTheEnd("Hello [[tokens=5]]");
  expect(callsOf(model, await chat.chatId()).map(({ auth }) => auth)).toEqual([fingerprint(key)]);
  await page.goto(`${bareApp.url}/settings/keys`);
  await expect(card).toContainText("last used a moment ago");
});

test("whoever has no real model yet gets from a new chat to where a key is entered", async ({
  bareApp,
  page,
}) => {
  await lend(await signInAsGuest(bareApp.url), page.context());
  await page.goto(bareApp.url);
  await expect(page.getByText("Only the offline assistant is here")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Enter a key" }).click();
  await expect(cardOf(page, "OpenRouter").getByRole("button", { name: "Paste a key" })).toBeVisible();
});

test("whoever does not agree, brings a wrong code, comes late or comes twice is told so and has nothing", async ({
  bareApp,
  page,
}) => {
  const person = await signUp(bareApp.url);
  const alert = page.getByRole("main").getByRole("alert");
  await lend(person, page.context());
  const setOut = async () => {
    await page.goto(`${bareApp.url}/settings/keys`);
    await cardOf(page, "OpenRouter").getByRole("link", { name: "Connect OpenRouter" }).click();
    await expect(page.getByRole("heading", { name: "Authorize Parley?" })).toBeVisible();
  };
  await setOut();
  await page.getByRole("link", { name: "Deny" }).click();
  await expect(alert).toContainText("you came back without agreeing");

  await setOut();
  await page.getByRole("link", { name: "Bring a wrong code" }).click();
  await expect(alert).toContainText("did not take the code");

  await setOut();
  const callback = (await page.getByRole("link", { name: "Authorize" }).getAttribute("href")) ?? "";
  await page.goto(callback.replace(/callback\/[\w-]+/, "callback/another-state"));
  await expect(alert).toContainText("did not begin in this browser");
  await page.goto(callback);
  await expect(alert).toContainText("took too long, or was finished already");
  expect((await person.call(listKeys)).items).toEqual([]);

  await setOut();
  const used = (await page.getByRole("link", { name: "Authorize" }).getAttribute("href")) ?? "";
  await page.goto(used);
  await expect(alert).toContainText("OpenRouter is connected.");
  const before = (await person.call(listKeys)).items;
  await page.goto(used);
  await expect(alert).toContainText("took too long, or was finished already");
  expect((await person.call(listKeys)).items).toEqual(before);
});

test("a code that somebody else made a person open gives nobody anything", async ({
  bareApp,
  browser,
  page,
}) => {
  await lend(await signUp(bareApp.url), page.context());
  await page.goto(`${bareApp.url}/settings/keys`);
  await cardOf(page, "OpenRouter").getByRole("link", { name: "Connect OpenRouter" }).click();
  const callback = (await page.getByRole("link", { name: "Authorize" }).getAttribute("href")) ?? "";

  const victim = await signUp(bareApp.url);
  const context = await browser.newContext();
  await lend(victim, context);
  const other = await context.newPage();
  await other.goto(callback);
  await expect(other.getByRole("main").getByRole("alert")).toContainText("took too long");
  expect((await victim.call(listKeys)).items).toEqual([]);
  await context.clearCookies();
  await other.goto(callback);
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await context.close();
});

test("the own key comes before the installation's, which is used again once it is removed", async ({
  app,
  model,
  page,
}) => {
  const chat = chatPage(page);
  const card = cardOf(page, "OpenRouter");
  await lend(await signUp(app.url), page.context());
  await page.goto("/settings/keys");
  await expect(card).toContainText("Your answers use a key of this Parley.");
  await card.getByRole("button", { name: "Paste a key" }).click();
  await card.getByLabel("Key for OpenRouter").fill(`  ${ownKey} `);
  await card.getByRole("button", { name: "Check and save" }).click();
  await expect(page.getByText("The key works and is saved.")).toBeVisible();
  await expect(card).toContainText("sk-or-…9f2c");
  await expect(card).toContainText("Your answers use this key.");
  await expect(card).toBeFocused();
  await card.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByText("The key works.", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Close settings" }).click();
  await chat.askToTheEnd("With mine [[tokens=3]]");
  const chatId = await chat.chatId();
  expect(callsOf(model, chatId).map(({ auth }) => auth)).toEqual([fingerprint(ownKey)]);

  await page.goto("/settings/keys");
  await card.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Key removed")).toBeVisible();
  await expect(card).toContainText("Not connected");
  await page.goto(`/chat/${chatId}`);
  await chat.askToTheEnd("With theirs [[tokens=3]]");
  expect(callsOf(model, chatId).at(-1)?.auth).toBe(fingerprint(providerKey));
});

test("a key that was revoked is recognised, and mended from the error itself", async ({
  app,
  model,
  page,
}) => {
  const chat = chatPage(page);
  const person = await signUp(app.url);
  const revoked = "sk-or-v1-to-be-revoked-0000000000000001";
  await person.call(setKey, { body: { provider: "openrouter", key: revoked } });
  model.revoke(revoked);
  await lend(person, page.context());
  await page.goto("/");
  await chat.ask("Will it work? [[tokens=6]]");
  await expect(chat.alert).toContainText("The provider did not accept the key.");
  await page.getByRole("button", { name: "Enter a key" }).click();
  const dialog = page.getByRole("dialog", { name: "Enter a key" });
  await expect(dialog.getByLabel("Key for OpenRouter")).toBeFocused();
  await expectNoBarriers(page, "entering a key");
  await dialog.getByLabel("Key for OpenRouter").fill("sk-or-invalid-again");
  await dialog.getByRole("button", { name: "Check and save" }).click();
  await expect(dialog.getByText("OpenRouter does not accept this key.").first()).toBeVisible();
  await dialog.getByLabel("Key for OpenRouter").fill(ownKey);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await chat.untilAnswered();
  await expect(chat.alert).toBeHidden();
  const calls = callsOf(model, await chat.chatId());
  expect(calls.map(({ auth, state }) => [auth, state])).toEqual([
    [fingerprint(revoked), "refused"],
    [fingerprint(ownKey), "completed"],
  ]);
});

test("a refusal shows on the open settings page by itself, until the key works again", async ({
  app,
  model,
  page,
}) => {
  const person = await signUp(app.url);
  const key = "sk-or-v1-to-be-revoked-0000000000000002";
  await person.call(setKey, { body: { provider: "openrouter", key } });
  await lend(person, page.context());
  await page.goto("/settings/keys");
  const card = cardOf(page, "OpenRouter");
  await expect(card).toContainText("not used yet");
  model.revoke(key);
  await askOnce(person, "Refuse me [[tokens=3]]");
  await expect(card).toContainText("OpenRouter refused this key a moment ago.");
  await expect(card).toContainText("Needs attention");
  await expectNoBarriers(page, "keys that need attention");
  await person.call(setKey, { body: { provider: "openrouter", key: ownKey } });
  await expect(card).toContainText("sk-or-…9f2c");
  await expect(card).not.toContainText("refused");
});

test("the administrator gives the installation a key, and says who may use it", async ({
  model,
  ownApp,
  page,
}) => {
  const administrator = await signUp(ownApp.url);
  const member = await signUp(ownApp.url);
  const guest = await signInAsGuest(ownApp.url);
  const shared = "sk-or-v1-of-the-installation-00000000aaaa";
  await lend(administrator, page.context());
  await page.goto(`${ownApp.url}/settings/keys`);
  const card = cardOf(page, "OpenRouter, of this Parley");
  await card.getByRole("button", { name: "Paste a key" }).click();
  await card.getByLabel("Key for OpenRouter").fill(shared);
  await card.getByRole("button", { name: "Check and save" }).click();
  await expect(card).toContainText("sk-or-…aaaa");
  await expectNoBarriers(page, "the administrator's keys");

  const sourceOf = async (person: Person) => (await person.call(listKeys)).providers[0]?.source;
  expect([await sourceOf(member), await sourceOf(guest)]).toEqual(["installation", "installation"]);
  await page.getByRole("group", { name: "Who may use them" }).getByText("Accounts").click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect.poll(() => sourceOf(guest)).toBeNull();
  expect(await sourceOf(member)).toBe("installation");
  const asked = await askOnce(member, "From the installation [[tokens=3]]");
  expect(callsOf(model, asked).map(({ auth }) => auth)).toEqual([fingerprint(shared)]);
  await page.getByRole("button", { name: "Seal again now" }).click();
  await expect(page.getByText("All keys are sealed with the present encryption key.")).toBeVisible();

  const others = await page.context().browser()?.newContext();
  if (!others) throw new Error("there is a browser");
  await lend(member, others);
  const theirs = await others.newPage();
  await theirs.goto(`${ownApp.url}/settings/keys`);
  await expect(theirs.getByRole("heading", { level: 3, name: "Your keys" })).toBeVisible();
  await expect(
    theirs.getByText("of this Parley", { exact: false }).and(theirs.getByRole("heading")),
  ).toHaveCount(0);
  await others.close();
});

function cardOf(page: Page, name: string) {
  return page.getByRole("region", { name, exact: true });
}

/** Gives the chat's id once the answer has ended, whichever way. */
async function askOnce(person: Person, text: string): Promise<string> {
  const chatId = crypto.randomUUID();
  const message = { id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text }] };
  const response = await person.request("POST", "/api/chat", { body: { id: chatId, message } });
  await response.text();
  return chatId;
}
