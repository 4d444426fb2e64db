import { answerTo } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import { slowDown } from "@/e2e/slow-phone";

test("on a slow phone in a slow network one signs in, asks, reads along, stops, opens an older chat and comes back", async ({
  app,
  page,
}) => {
  test.slow();
  page.setDefaultTimeout(60_000);
  const slowly = expect.configure({ timeout: 60_000 });
  const chat = chatPage(page);
  const account = await signUp(app.url);
  const [olderId] = await createChats(account, ["An older chat [[say='An older answer']]"], "");
  await slowDown(page);
  await page.addInitScript(watchForBlankPages);

  await page.goto("/", { waitUntil: "commit" });
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).tap();
  await slowly(chat.question).toBeVisible();

  await chat.question.fill("Count [[tokens=120 interval=60]]");
  await chat.send.tap();
  await slowly(chat.questions).toHaveText(/Count/);
  const lengths = new Set<number>();
  await expect
    .poll(async () => lengths.add((await chat.answerText()).length).size, { timeout: 60_000 })
    .toBeGreaterThan(5);
  await slowly(chat.answers.last()).toHaveAttribute("aria-busy", "false");
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=120]]")));

  await chat.question.fill("Without end [[tokens=5000 interval=60]]");
  await chat.send.tap();
  await slowly(chat.answers).toHaveCount(2);
  await slowly(chat.answers.last()).toContainText("10.");
  await chat.stop.tap();
  await slowly(chat.answers.last().getByText("Stopped")).toBeVisible();
  const newId = await chat.chatId();

  await page.getByRole("button", { name: "Open side bar" }).tap();
  const older = chat.drawer.getByRole("link", { name: /^An older/ });
  await older.tap();
  await slowly(page).toHaveURL(`/chat/${olderId}`);
  await slowly(chat.answers).toHaveText(/An older answer/);
  await slowly(chat.drawer).toBeHidden();
  await page.goBack();
  await slowly(page).toHaveURL(`/chat/${newId}`);
  await slowly(chat.answers.first()).toContainText("120.");
  await slowly(chat.answers.last().getByText("Stopped")).toBeVisible();
  expect(await page.evaluate("blankFrames"), "frames without anything to see").toBe(0);
});

test("what is pressed before the scripts are there is done when they are, and shows until then that it was felt", async ({
  app,
  context,
  page,
}) => {
  const account = await signUp(app.url);
  const visited: string[] = [];
  page.on("request", (request) => visited.push(request.url()));
  const scripts = await holdScripts();
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  const signIn = page.getByRole("button", { name: "Sign in", exact: true });
  await signIn.tap();
  await expect(signIn).toHaveAttribute("aria-busy", "true");
  scripts.resolve();
  await expect(chatPage(page).question).toBeVisible();
  expect(visited.filter((url) => url.includes(encodeURIComponent(account.password)))).toEqual([]);

  const more = await holdScripts();
  await page.reload({ waitUntil: "commit" });
  const opener = page.getByRole("button", { name: "Open side bar" });
  await opener.tap();
  await expect(opener).toHaveAttribute("aria-busy", "true");
  more.resolve();
  await expect(chatPage(page).drawer).toBeVisible();
  await expect(opener).not.toHaveAttribute("aria-busy", "true");

  // Behind a loading page, which is taken over later than what is around it.
  const last = await holdScripts();
  await page.goto("/characters", { waitUntil: "commit" });
  await page.getByRole("button", { name: "New character" }).tap();
  last.resolve();
  await expect(page.getByRole("dialog", { name: "New character" })).toBeVisible();

  /** Lets the page be drawn, and none of its scripts come before it is resolved. */
  async function holdScripts() {
    const held = Promise.withResolvers<void>();
    await context.unrouteAll();
    await context.route(/\/_next\/.*\.js/, async (route) => {
      await held.promise;
      await route.continue();
    });
    return held;
  }
});

test("on a phone a chat that takes long to open shows it where it was chosen, and the drawer closes with it", async ({
  context,
  page,
  person,
}) => {
  const chat = chatPage(page);
  const [chatId] = await createChats(person, ["Far away"]);
  await lend(person, context);
  await page.goto("/");
  await page.getByRole("button", { name: "Open side bar" }).tap();
  const held = Promise.withResolvers<void>();
  await context.route(`**/chat/${chatId}?_rsc=*`, async (route) => {
    await held.promise;
    await route.continue();
  });
  const link = chat.drawer.getByRole("link", { name: "Far away" });
  await link.tap();
  await expect(link.locator("svg")).toBeVisible();
  held.resolve();
  await expect(chat.questions).toHaveText(/Far away/);
  await expect(chat.drawer).toBeHidden();
});

/** Runs in the page: counts frames, from the first thing to see on, in which there is none. */
function watchForBlankPages(): void {
  Object.assign(window, { blankFrames: 0 });
  let hasBegun = false;
  const look = () => {
    requestAnimationFrame(look);
    const parts = [...document.querySelectorAll("h1, p, button, a, textarea")];
    if (parts.some((part) => part.checkVisibility())) hasBegun = true;
    else if (hasBegun) Object.assign(window, { blankFrames: Reflect.get(window, "blankFrames") + 1 });
  };
  look();
}
