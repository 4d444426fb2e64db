import type { Locator } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { createCharacter } from "@/lib/api/characters";
import { keepChats } from "@/lib/api/chats";
import { createProfile } from "@/lib/api/profiles";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("what goes away in a chat when it is pressed leaves the focus to what comes next", async ({ page }) => {
  const chat = chatPage(page);
  const conversation = page.getByRole("region", { name: "Conversation" });
  await page.goto("/");
  await chat.askToTheEnd("Count [[tokens=900]]");
  await conversation.hover();
  await page.mouse.wheel(0, -1500);
  await press(page.getByRole("button", { name: "Jump to latest" }));
  await expect(chat.question).toBeFocused();

  await chat.askToTheEnd("A picture [[say='![A lighthouse](https://pictures.example/lighthouse.png)']]");
  await page.route("https://pictures.example/**", (route) =>
    route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
  );
  await press(chat.answers.getByRole("button", { name: /^Show “A lighthouse”/ }));
  await expect(chat.answers.getByRole("img", { name: "A lighthouse" })).toBeFocused();

  await press(page.getByRole("main").getByRole("button", { name: /^Options for / }));
  await page.getByRole("menuitem", { name: "Archive" }).press("Enter");
  await press(page.getByRole("main").getByRole("button", { name: "Unarchive" }));
  await expect(chat.question).toBeFocused();
});

test("the select bar leaves the focus to the list, by whatever it is left", async ({ page, person }) => {
  const chat = chatPage(page);
  const ids = await createChats(person, ["Six", "Five", "Four", "Three", "Two", "One"]);
  for (const id of ids.slice(0, 3)) await person.call(keepChats, { body: { ids: [id], deleted: true } });
  await page.goto("/");
  const row = (name: string) => chat.list.getByRole("link", { name, exact: true });
  const box = (name: string) => chat.list.getByRole("checkbox", { name, exact: true });
  const bar = page.getByRole("toolbar", { name: "Selected chats" });

  await chat.chooseInSideBar("Select chats");
  await expect(box("One")).toBeFocused();
  await press(bar.getByRole("button", { name: "End selecting" }));
  await expect(row("One")).toBeFocused();

  await chat.chooseInSideBar("Select chats");
  await expect(box("One")).toBeFocused();
  for (const place of [bar.getByRole("button", { name: "End selecting" }), chat.account]) {
    await place.press("Escape");
    await expect(bar).toHaveCount(0);
    await expect(page.locator("body")).not.toBeFocused();
    await chat.chooseInSideBar("Select chats");
    await expect(box("One")).toBeFocused();
  }
  await page.keyboard.press("Space");
  await press(bar.getByRole("button", { name: "Archive" }));
  await expect(row("Two")).toBeFocused();

  await chat.chooseInSideBar("Select chats");
  await press(box("Three"));
  await press(bar.getByRole("button", { name: "Delete" }));
  await expect(row("Two")).toBeFocused();

  await chat.chooseInSideBar("Archive");
  await chat.chooseInSideBar("Select chats");
  await press(box("One"));
  await press(bar.getByRole("button", { name: "Unarchive" }));
  await expect(chat.filter).toBeFocused();

  await chat.chooseInSideBar("Trash");
  await chat.chooseInSideBar("Select chats");
  await press(box("Three"));
  await press(bar.getByRole("button", { name: "Restore" }));
  await expect(row("Four")).toBeFocused();

  await chat.chooseInSideBar("Select chats");
  await press(box("Five"));
  const purge = bar.getByRole("button", { name: "Delete for good" });
  await press(purge);
  await page.keyboard.press("Escape");
  await expect(purge).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page.getByRole("dialog").getByRole("button", { name: "Delete for good" }));
  await expect(chat.list.getByRole("link")).toHaveText(["Four", "Six"]);
  await expect(row("Four")).toBeFocused();

  await press(page.getByRole("button", { name: "Back to the chats" }));
  await expect(chat.chats.getByRole("link")).toHaveText(["One", "Two", "Three"]);
  await expect(row("One")).toBeFocused();
});

test("in the side bar the focus stays where something was done", async ({ page, person }) => {
  const chat = chatPage(page);
  await createChats(person, ["Three", "Two", "One"]);
  await page.goto("/");
  const row = chat.chats.getByRole("link", { name: "Two", exact: true });
  for (const action of ["Pin", "Unpin"]) {
    await chat.chats.getByRole("button", { name: "Options for Two" }).press("Enter");
    await page.getByRole("menuitem", { name: action, exact: true }).press("Enter");
    const pinned = chat.chats.getByRole("region", { name: "Pinned" }).getByRole("link");
    await expect(pinned).toHaveCount(action === "Pin" ? 1 : 0);
    await expect(row).toBeFocused();
  }

  await press(page.getByRole("button", { name: "Close side bar" }));
  await expect(page.getByRole("button", { name: "Open side bar" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Close side bar" })).toBeFocused();

  await page.route(/\/api\/chats\?.*archived=true/, (route) => route.fulfill({ status: 500, json: {} }));
  await chat.chooseInSideBar("Archive");
  await expect(chat.list.getByText("The list could not be loaded.")).toBeVisible();
  await page.unrouteAll();
  await press(chat.list.getByRole("button", { name: "Try again" }));
  await expect(chat.list.getByText("Chats you archive are kept here")).toBeVisible();
  await expect(chat.filter).toBeFocused();
});

test("a form or a part of it that goes leaves the focus to what opened it, or to its neighbour", async ({
  page,
  person,
}) => {
  const card = {
    spec: "chara_card_v3",
    spec_version: "3.0",
    data: { name: "Ada", first_mes: "One", alternate_greetings: ["Two", "Three"] },
  };
  const { id } = await person.call(createCharacter, { body: { card } });
  for (const name of ["Bea", "Cleo"])
    await person.call(createCharacter, { body: { card: { ...card, data: { name } } } });
  for (const name of ["Eve", "Dee"]) await person.call(createProfile, { body: { name, description: "" } });

  await page.goto("/settings/profiles");
  const main = page.getByRole("main");
  const edit = main.getByRole("button", { name: "Edit Dee" });
  await press(main.getByRole("button", { name: "Make default: Dee" }));
  await expect(main.getByText("Default", { exact: true })).toBeVisible();
  await expect(edit).toBeFocused();
  await page.keyboard.press("Enter");
  await press(main.getByRole("button", { name: "Cancel" }));
  await expect(edit).toBeFocused();
  await press(main.getByRole("button", { name: "New profile" }));
  await press(main.getByRole("button", { name: "Cancel" }));
  await expect(main.getByRole("button", { name: "New profile" })).toBeFocused();

  await page.goto(`/characters/${id}`);
  for (const [removed, next] of [
    [3, main.getByRole("textbox", { name: "First message 2" })],
    [2, main.getByRole("button", { name: "Add another first message" })],
  ] as const) {
    await press(main.getByRole("button", { name: `Remove first message ${removed}` }));
    await expect(next).toBeFocused();
  }
  const add = main.getByRole("button", { name: "Add an entry" });
  await press(add);
  await press(add);
  const entries = main.locator("summary");
  await expect(entries).toHaveCount(2);
  await press(main.getByRole("button", { name: "Remove this entry" }).last());
  await expect(entries).toBeFocused();
  await press(main.getByRole("button", { name: "Remove this entry" }));
  await expect(add).toBeFocused();
  const save = main.getByRole("button", { name: "Save", exact: true });
  await press(save);
  await expect(main.getByText("Saved", { exact: true })).toBeVisible();
  await expect(save).toBeFocused();

  await page.goto("/characters");
  const cards = main.getByRole("list", { name: "Characters" }).getByRole("article");
  await expect(cards).toHaveCount(3);
  await press(cards.nth(1).getByRole("button", { name: /^Options for / }));
  await page.getByRole("menuitem", { name: "Delete", exact: true }).press("Enter");
  await expect(cards).toHaveCount(2);
  await expect(cards.nth(1).getByRole("button", { name: /^Chat with / })).toBeFocused();
});

/** As somebody does who has come to it with Tab. */
async function press(target: Locator): Promise<void> {
  await target.focus();
  await target.press("Enter");
}
