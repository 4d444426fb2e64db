import { ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test("on a phone chats are filtered, renamed, selected and had back in the drawer", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  for (const name of ["Bread", "High tide", "Low tide"])
    await readStream((await ask(person, `${name}\n[[tokens=2]]`)).response);
  await lend(person, page.context());
  await page.goto("/");
  await page.getByRole("button", { name: "Open side bar" }).tap();
  const drawer = page.getByRole("dialog", { name: "Side bar" });
  const links = drawer.getByRole("link", { name: /Bread|tide/ });
  await expect(links).toHaveCount(3);
  for (const row of await links.all()) expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(44);

  await drawer.getByRole("searchbox").fill("tide");
  await expect(links).toHaveText(["Low tide", "High tide"]);
  await drawer.getByRole("button", { name: "Clear the filter" }).tap();
  await drawer.getByRole("button", { name: "Options for Bread" }).tap();
  await page.getByRole("menuitem", { name: "Rename" }).tap();
  await drawer.getByLabel("Title", { exact: true }).fill("Not this");
  await drawer.getByLabel("Title", { exact: true }).press("Escape");
  await expect(links).toHaveText(["Low tide", "High tide", "Bread"]);
  await expect(drawer).toBeVisible();

  await drawer.getByRole("button", { name: "More lists and actions" }).tap();
  await page.getByRole("menuitem", { name: "Select chats" }).tap();
  await drawer.getByRole("checkbox", { name: "Bread" }).tap();
  await drawer.getByRole("checkbox", { name: "Low tide" }).tap();
  await expectNoBarriers(page, "selecting in the drawer");
  await drawer.getByRole("toolbar").getByRole("button", { name: "Archive" }).tap();
  await expect(links).toHaveText(["High tide"]);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(links).toHaveCount(3);
  await expect(chat.question).toBeVisible();
});
