import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectNoBarriers } from "@/e2e/barriers";
import { cardPng, foxCard, woodWorld } from "@/e2e/card-files";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { defaultModel } from "@/e2e/provider-settings";
import { createCharacter, deleteCharacter, listCharacters } from "@/lib/api/characters";
import { createProfile } from "@/lib/api/profiles";

const foxFile = { name: "fox.png", mimeType: "image/png", buffer: cardPng(foxCard) };

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a card comes from a PNG into the gallery, and from there into a chat", { tag: "@phone" }, async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await page.getByRole("link", { name: "Or chat with a character" }).click();
  await expect(page.getByRole("heading", { name: "Give the model somebody to be" })).toBeVisible();
  await expectNoBarriers(page, "no characters");
  await importFile(page, foxFile);
  await expect(card(page)).toContainText("Fox · Fable");
  await expectNoBarriers(page, "a gallery");

  await page.getByRole("button", { name: "Chat with Reynard" }).click();
  await expect(chat.answers).toContainText("Reynard looks up. Good evening, User.");
  await expect(page.getByRole("link", { name: "Edit Reynard" })).toBeVisible();
  await expect(page).toHaveTitle("Reynard · Parley");
  // Text of a card is text: it neither runs nor is drawn as HTML.
  await expect(chat.answers.locator("img")).toHaveCount(0);

  await page.getByRole("button", { name: "Next version" }).click();
  await expect(chat.answers).toHaveText(/Oh\. User\./);
  await expect(page.getByText("2 of 3")).toBeVisible();
  await expect(page.getByRole("button", { name: "Answer again" })).toHaveCount(0);
  await chat.askToTheEnd("Hello [[tokens=3]]");
  await page.reload();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answers.first()).toContainText("Oh. User.");
  await expectNoBarriers(page, "a chat with a character");
});

test("a chat with a character that says nothing first leaves the first word to the person, and offers nothing else", async ({
  page,
  person,
}) => {
  const silent = { ...foxCard, data: { ...foxCard.data, first_mes: "", alternate_greetings: [] } };
  await person.call(createCharacter, { body: { card: silent } });
  await page.goto("/characters");
  await page.getByRole("button", { name: "Chat with Reynard" }).click();
  await expect(page.getByText("The first word is yours")).toBeVisible();
  await expect(page.getByRole("list", { name: "Examples" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Or chat with a character" })).toHaveCount(0);
  await chatPage(page).askToTheEnd("Hello [[tokens=3]]");
});

test("what happens to characters on another device shows in the gallery by itself", async ({
  page,
  person,
}) => {
  await page.goto("/characters");
  await expect(page.getByRole("heading", { name: "Give the model somebody to be" })).toBeVisible();
  const { id } = await person.call(createCharacter, { body: { card: foxCard } });
  await expect(card(page)).toContainText("Fox · Fable");
  await person.call(deleteCharacter, { params: { characterId: id } });
  await expect(card(page)).toHaveCount(0);
});

test("files are taken by drop and paste, and bad ones say what is wrong", async ({ page, person }) => {
  await page.goto("/characters");
  const broken = Buffer.from(foxFile.buffer).subarray(0, -30);
  for (const [how, name] of [
    ["drop", "dropped.png"],
    ["paste", "pasted.png"],
  ] as const) {
    await give(page, how, name, broken);
    await expect(chatPage(page).alert).toContainText(`${name}: The PNG is damaged: it breaks off`);
  }
  await expectNoBarriers(page, "a bad file");
  await give(page, "paste", "fox.png", foxFile.buffer);
  await expect(card(page)).toBeVisible();
  await give(page, "drop", "fox.json", Buffer.from(JSON.stringify(foxCard)));
  await expect(card(page)).toHaveCount(2);
  await expect(chatPage(page).alert).toHaveCount(0);
  expect((await person.call(listCharacters)).items).toHaveLength(2);
});

test("many cards come at once, bad ones among them are named, and what is dropped meanwhile waits", async ({
  page,
  person,
}) => {
  await page.goto("/characters");
  const files = Array.from({ length: 12 }, (_, index) => ({
    name: `card-${index}.json`,
    mimeType: "application/json",
    buffer: Buffer.from(
      index % 4 === 3 ? "{" : JSON.stringify({ name: `Bear ${index}`, description: "Big" }),
    ),
  }));
  const held = Promise.withResolvers<void>();
  await page.route("**/api/characters/import", async (route) => {
    await held.promise;
    await route.continue();
  });
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Import" }).click(),
  ]);
  await chooser.setFiles(files);
  await expect(page.getByRole("button", { name: "Importing, 0 of 12 done…" })).toBeVisible();
  await give(page, "drop", "fox.png", foxFile.buffer);
  await expect(page.getByRole("button", { name: "Importing, 0 of 13 done…" })).toBeVisible();
  held.resolve();
  await expect(page.getByText("10 characters imported")).toBeVisible();
  await expect(chatPage(page).alert).toContainText("3 files were not imported");
  await expect(chatPage(page).alert).toContainText("card-7.json: The card is not valid JSON.");
  await expect(card(page)).toBeVisible();
  expect((await person.call(listCharacters)).items).toHaveLength(10);
});

test("a card goes out as version 1, and what that has no room for is said before", async ({ page }) => {
  await page.goto("/characters");
  await give(page, "drop", "fox.json", Buffer.from(JSON.stringify(foxCard)));
  await expect(card(page)).toHaveCount(1);
  const { name, description, first_mes } = foxCard.data;
  const written = JSON.parse(String(await exportAs(page, "Export as JSON, version 1")));
  expect(written).toMatchObject({ name, description, first_mes });
  expect(written).not.toHaveProperty("data");
  await page.getByRole("button", { name: "Options for Reynard" }).click();
  await expect(
    page.getByRole("group", { name: /^For old programs\. Version 1 has no room for/ }),
  ).toBeVisible();
});

test("what was imported is exported as it came in, also after it was edited and edited back", async ({
  page,
}) => {
  await page.goto("/characters");
  await importFile(page, foxFile);
  expect(JSON.parse(String(await exportAs(page, "Export as JSON, version 2")))).toEqual(foxCard);

  await choose(page, "Edit");
  const scenario = page.getByRole("textbox", { name: "Scenario" });
  await scenario.fill("A meadow.");
  await save(page);
  await scenario.fill(foxCard.data.scenario);
  await save(page);
  await page.getByRole("link", { name: "Back to the characters" }).click();
  expect(JSON.parse(String(await exportAs(page, "Export as JSON, version 2")))).toEqual(foxCard);

  const png = await exportAs(page, "Export as PNG card");
  await importFile(page, { ...foxFile, buffer: png });
  await expect(card(page)).toHaveCount(2);
});

test("a character is written in the editor, and what is not saved outlives a reload", {
  tag: "@phone",
}, async ({ page, person }) => {
  await page.goto("/characters");
  await page.getByRole("button", { name: "New character" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Ada's bear");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/characters\/[\w-]+$/);
  await expect(page.getByRole("main")).toBeFocused();

  await page.getByRole("textbox", { name: "Description" }).fill("Big and brown.");
  await page.getByRole("textbox", { name: "Tags" }).fill("bear, Wood ,");
  await page.getByRole("textbox", { name: "First message", exact: true }).fill("Hm.");
  await page.getByRole("button", { name: "Add another first message" }).click();
  await page.getByRole("textbox", { name: "First message 2" }).fill("Hm, hm.");
  await page.getByRole("button", { name: "Add an entry" }).click();
  await page.getByRole("textbox", { name: "Keys", exact: true }).fill("honey\nbees");
  await page.getByRole("textbox", { name: "What is told" }).fill("There is honey in the oak.");
  await expect(page.getByText("Unsaved changes")).toBeVisible();
  await expectNoBarriers(page, "an editor");

  await page.reload();
  await expect(page.getByText("Your unsaved changes from before are here.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue("Big and brown.");
  await save(page);
  const [{ tags } = { tags: [] }] = (await person.call(listCharacters)).items;
  expect(tags).toEqual(["bear", "Wood"]);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "First message 2" })).toHaveValue("Hm, hm.");
  await expect(page.getByText("honey, bees")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("a lorebook comes from a file of SillyTavern's, says what has no effect, and goes out again", async ({
  page,
}) => {
  await page.goto("/characters");
  await importFile(page, foxFile);
  await choose(page, "Edit");
  await expect(page.getByText(/tokens? with each question/)).toBeVisible();
  await importLorebook(page, { not: "one" });
  await expect(page.getByText("This is not a lorebook: “entries” are missing.")).toBeVisible();
  await importLorebook(page, woodWorld);
  await expect(page.getByText("4 entries imported")).toBeVisible();
  const lorebook = page.getByRole("region", { name: "Lorebook" });
  await expect(lorebook.getByRole("listitem").filter({ hasText: "Ahead" })).toContainText(
    "Not all of it has an effect",
  );
  await lorebook.getByText("Ahead").click();
  await expect(lorebook).toContainText("Not used as keys: /(?=oak)/.");
  await expect(lorebook).toContainText("Settings of another program, without effect here: sticky");
  await lorebook.getByText("Law", { exact: true }).click();
  const depth = lorebook.getByRole("spinbutton", { name: "Latest messages after it" });
  await expect(depth).toHaveValue("1");
  await expectNoBarriers(page, "a lorebook");
  await lorebook.getByRole("combobox", { name: "Place" }).first().selectOption("Before the description");
  await expect(depth).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    lorebook.getByRole("button", { name: "Export lorebook" }).click(),
  ]);
  const world = JSON.parse(String(await readFile(await download.path())));
  expect(Object.values(world.entries)).toMatchObject([
    { content: "The den is under the oak." },
    {},
    {},
    {},
    {},
  ]);
  await save(page);

  await page.goto("/characters");
  await page.getByRole("button", { name: "Chat with Reynard" }).click();
  await chatPage(page).question.fill("Is your burrow far?");
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Lorebook: 2 entries are told, about").click();
  await expect(dialog).toContainText("by “/den|burrow/i”");
  await expect(dialog).toContainText("Ahead Not used as keys: /(?=oak)/");
  await expectNoBarriers(page, "a lorebook in a prompt");
});

test("two windows that edit one character lose neither's work", async ({ page, context }) => {
  await page.goto("/characters");
  await importFile(page, foxFile);
  await choose(page, "Edit");
  await page.waitForURL(/\/characters\/[\w-]+$/);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole("textbox", { name: "Scenario" }).fill("A field.");
  await save(other);
  await other.close();

  const personality = page.getByRole("textbox", { name: "Personality" });
  await personality.fill("kind");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(chatPage(page).alert).toContainText("This character was changed elsewhere.");
  await expect(personality).toHaveValue("kind");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(page.getByRole("textbox", { name: "Scenario" })).toHaveValue("A field.");
  await expect(personality).toHaveValue("sly");
});

test("a picture of another kind becomes one that a card can have", async ({ page }) => {
  await page.goto("/characters");
  await importFile(page, { ...foxFile, name: "fox.json", mimeType: "application/json", buffer: json() });
  await choose(page, "Edit");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose a picture" }).click(),
  ]);
  await chooser.setFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: await drawnJpeg(page) });
  await expect(page.getByRole("button", { name: "Remove picture" })).toBeVisible();
  await page.getByRole("link", { name: "Back to the characters" }).click();
  const png = await exportAs(page, "Export as PNG card");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
});

test("a character that is deleted comes back by Undo, and from the trash", async ({ page }) => {
  await page.goto("/characters");
  await importFile(page, foxFile);
  await choose(page, "Delete");
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card(page)).toBeVisible();
  await choose(page, "Delete");
  await page.getByRole("button", { name: "Trash", exact: true }).click();
  await page.getByRole("button", { name: "Restore Reynard" }).click();
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Back to the characters" }).click();
  await expect(card(page)).toBeVisible();
});

test("profiles are made, one is the default, and a chat has its own", async ({ page, person, model }) => {
  const chat = chatPage(page);
  await page.goto("/settings/profiles");
  await expect(page.getByRole("main").getByText("You have no profile yet.")).toBeVisible();
  for (const name of ["Ada", "Grace"]) {
    await page.getByRole("button", { name: "New profile" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("textbox", { name: "Description" }).fill(`${name} is tall.`);
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("list", { name: "Profiles" })).toContainText(`${name} is tall.`);
  }
  await page.getByRole("button", { name: "Make default: Grace" }).click();
  const grace = page.getByRole("listitem").filter({ hasText: "Grace is tall." });
  await expect(grace).toContainText("Default");
  await expectNoBarriers(page, "profiles");

  await person.call(createProfile, { body: { name: "Third", description: "{{user}} is small." } });
  await page.goto("/characters");
  await importFile(page, foxFile);
  await page.getByRole("button", { name: "Chat with Reynard" }).click();
  await expect(chat.answers).toContainText("Good evening, Grace.");
  const dialog = page.getByRole("dialog", { name: "Character and profile" });
  const ofChat = dialog.getByRole("combobox", { name: "Your profile" });
  const chosen = ofChat.locator("option:checked");
  await openCast(page);
  await expect(chosen).toHaveText("Your default profile");
  await ofChat.selectOption("Third");
  await expect(chosen).toHaveText("Third");
  await expectNoBarriers(page, "character and profile");
  await page.reload();
  await openCast(page);
  await expect(chosen).toHaveText("Third");
  await dialog.getByRole("button", { name: "Done" }).click();
  await chat.askToTheEnd("Who am I? [[tokens=3]]");
  const toldFirst = async () => promptOf(callsOf(model, await chat.chatId()).at(-1))[0]?.text;
  expect(await toldFirst()).toMatch(/Reynard is a fox who talks to Third\.[\s\S]*\n---\nThird is small\.$/);

  await openCast(page);
  await ofChat.selectOption("Your default profile");
  await expect(chosen).toHaveText("Your default profile");
  await dialog.getByRole("combobox", { name: "Character", exact: true }).selectOption("Nobody in particular");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("link", { name: "Edit Reynard" })).toHaveCount(0);
  await chat.askToTheEnd("And now? [[tokens=3]]");
  expect(await toldFirst()).toBe("Grace is tall.");
});

test("a character's own model and profile are chosen in its editor, and its chats begin with them", {
  tag: "@phone",
}, async ({ page, person, model }) => {
  const chat = chatPage(page);
  await person.call(createProfile, { body: { name: "Grace", description: "Grace is tall." } });
  await person.call(createProfile, { body: { name: "Ada", description: "Ada is small." } });
  const { id } = await person.call(createCharacter, { body: { card: foxCard } });
  const ownModel = page.getByRole("button", { name: /^Model: / });
  const ownProfile = page.getByRole("combobox", { name: "Your profile" });
  const usualModel = page.getByRole("button", { name: "Use the usual model" });
  await page.goto(`/characters/${id}`);
  await expect(ownModel).toHaveAccessibleName("Model: As usual");
  await expect(usualModel).toHaveCount(0);
  await ownModel.click();
  await page.getByRole("combobox", { name: "Search models" }).fill("echo");
  await page.getByRole("option", { name: /scripted\/echo/ }).click();
  await expect(ownModel).toHaveAccessibleName("Model: scripted/echo");
  await ownProfile.selectOption("Ada");
  await save(page);
  await page.reload();
  await expect(ownModel).toHaveAccessibleName("Model: scripted/echo");
  await expect(ownProfile.locator("option:checked")).toHaveText("Ada");

  await page.getByRole("button", { name: "Chat", exact: true }).click();
  await expect(chat.answers).toContainText("Good evening, Ada.");
  await expect(page.getByRole("button", { name: "Model: Scripted: echo" })).toBeVisible();
  await chat.askToTheEnd("Repeat after me");
  const call = callsOf(model, await chat.chatId()).at(-1);
  expect(call?.model).toBe("scripted/echo");
  expect(promptOf(call)[0]?.text).toMatch(/who talks to Ada\.[\s\S]*\n---\nAda is small\.$/);

  await page.goto(`/characters/${id}`);
  await usualModel.click();
  await ownProfile.selectOption("Your default profile");
  await save(page);
  await page.getByRole("button", { name: "Chat", exact: true }).click();
  await expect(chat.answers).toContainText("Good evening, Grace.");
  await chat.askToTheEnd("Who am I? [[tokens=3]]");
  const usual = callsOf(model, await chat.chatId()).at(-1);
  expect(usual?.model).toBe(defaultModel);
  expect(promptOf(usual)[0]?.text).toMatch(/\n---\nGrace is tall\.$/);
});

test("search and tags narrow the gallery", async ({ page }) => {
  await page.goto("/characters");
  const bear = Buffer.from(JSON.stringify({ name: "Bear", description: "Big", tags: ["Wood"] }));
  await importFile(page, foxFile);
  await importFile(page, { name: "bear.json", mimeType: "application/json", buffer: bear });
  await expect(page.getByRole("article")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search characters" }).fill("rey");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search characters" }).fill("nobody");
  await page.getByRole("button", { name: "Clear search and tags" }).click();
  await page.getByRole("button", { name: "Fable" }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(card(page)).toBeVisible();
});

function card(page: Page) {
  return page.getByRole("article", { name: "Reynard" });
}

function json(): Buffer {
  return Buffer.from(JSON.stringify(foxCard));
}

async function importFile(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  const imported = page.getByText("Character imported").last();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Import" }).click(),
  ]);
  await chooser.setFiles(file);
  await expect(imported).toBeVisible();
}

async function importLorebook(page: Page, world: object) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Import lorebook" }).click(),
  ]);
  const buffer = Buffer.from(JSON.stringify(world));
  await chooser.setFiles({ name: "wood.json", mimeType: "application/json", buffer });
}

async function choose(page: Page, action: string) {
  await page.getByRole("button", { name: "Options for Reynard" }).first().click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

async function exportAs(page: Page, action: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), choose(page, action)]);
  expect(download.suggestedFilename()).toMatch(/^Reynard\.(png|json)$/);
  return readFile(await download.path());
}

async function openCast(page: Page) {
  await page.getByRole("main").getByRole("button", { name: "Options for Reynard" }).click();
  await page.getByRole("menuitem", { name: "Character and profile" }).click();
}

async function save(page: Page) {
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
}

/** Hands a file over as a browser does when something is dropped on the page, or pasted: until the page takes it. */
async function give(page: Page, how: "drop" | "paste", name: string, file: Buffer) {
  const isTaken = () =>
    page.evaluate(
      ([how, name, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], name));
        const list = document.querySelector("main input[type=search]");
        const event =
          how === "drop"
            ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
            : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
        return list?.dispatchEvent(event) === false;
      },
      [how, name, file.toString("base64")] as const,
    );
  await expect.poll(isTaken).toBe(true);
}

async function drawnJpeg(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  return Buffer.from(base64, "base64");
}
