import { once } from "node:events";
import { createServer } from "node:http";
import { cardPng, foxCard } from "@/e2e/card-files";
import { chatPage } from "@/e2e/chat-page";
import { test as base, callsOf, expect, promptOf } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { pictureUrl } from "@/e2e/scripted-model/picture";

interface Pictures {
  host: string;
  /** What of it was asked for, by a browser or a server. */
  asked: string[];
}

const test = base.extend<{ pictures: Pictures }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  pictures: async ({}, use) => {
    const asked: string[] = [];
    const picture = Buffer.from(pictureUrl(20, 1).split(",")[1] ?? "", "base64");
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(200, { "Content-Type": "image/png" }).end(picture);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
    await use({ host: `127.0.0.1:${address.port}`, asked });
    server.closeAllConnections();
    server.close();
  },
});

test("what is in a card draws nothing and fetches nothing, in the page or on the server, until its picture is asked for", {
  tag: "@phone",
}, async ({ page, person, model, pictures }) => {
  const chat = chatPage(page);
  const { host } = pictures;
  const drawn = page.locator(`:is(img, source, video, iframe, link)[src*="${host}"], link[href*="${host}"]`);
  await lend(person, page.context());
  await page.goto("/characters");
  await page.locator("input[type=file]").setInputFiles({
    name: "trap.png",
    mimeType: "image/png",
    buffer: cardPng(trapCard(host), "ccv3"),
  });
  const card = page.getByRole("article", { name: "Reynard" });
  await expect(card).toContainText(`![notes](http://${host}/notes-markdown.png)`);
  await expect(drawn).toHaveCount(0);

  await card.getByRole("button", { name: "Options for Reynard" }).click();
  await page.getByRole("menuitem", { name: "Edit", exact: true }).click();
  for (const [field, text] of [
    ["Description", trap(host, "description")],
    ["Notes of the author", trap(host, "notes")],
    ["First message", trap(host, "first")],
  ] as const) {
    await expect(page.getByRole("textbox", { name: field, exact: true })).toHaveValue(text);
  }
  await expect(page.getByText(/tokens? with each question/)).toBeVisible();
  await expect(drawn).toHaveCount(0);

  await page.getByRole("button", { name: "Chat", exact: true }).click();
  await expect(chat.answers).toContainText(`<img src="http://${host}/first.png">`);
  const show = chat.answers.getByRole("button", { name: `Show “first” from ${host}` });
  await expect(show).toBeVisible();
  await chat.askToTheEnd("Hello [[tokens=3]]");
  const told = promptOf(callsOf(model, await chat.chatId()).at(-1));
  expect(told[0]?.text).toContain(trap(host, "description"));
  await page.reload();
  await expect(show).toBeVisible();
  await chat.question.fill("What now?");
  await page.getByRole("button", { name: "Preview the prompt" }).click();
  const dialog = page.getByRole("dialog", { name: "What would be sent now" });
  await expect(dialog.getByRole("group", { name: "Character" })).toContainText(trap(host, "description"));
  await expect(dialog.getByRole("group", { name: "Answer" }).first()).toContainText(
    `![first](http://${host}/`,
  );
  await expect(drawn).toHaveCount(0);
  await page.keyboard.press("Escape");
  expect(pictures.asked).toEqual([]);

  await show.click();
  await expect(drawn).toHaveCount(1);
  await expect
    .poll(() => drawn.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
    .toBe(20);
  expect(pictures.asked).toEqual(["/first-markdown.png"]);
});

/** Every way in which a text could have a picture fetched. */
function trap(host: string, name: string): string {
  return [
    `<img src="http://${host}/${name}.png">`,
    `![${name}](http://${host}/${name}-markdown.png)`,
    `<link rel="stylesheet" href="http://${host}/${name}.css">`,
    `<style>body { background: url(http://${host}/${name}-style.png) }</style>`,
    `<iframe src="http://${host}/${name}.html"></iframe>`,
  ].join("\n\n");
}

function trapCard(host: string) {
  const assets = [
    { type: "icon", name: "main", uri: `http://${host}/icon.png`, ext: "png" },
    { type: "background", name: "main", uri: `http://${host}/background.png`, ext: "png" },
  ];
  return {
    spec: "chara_card_v3",
    spec_version: "3.0",
    avatar: `http://${host}/avatar.png`,
    data: {
      ...foxCard.data,
      avatar: `http://${host}/avatar-within.png`,
      description: trap(host, "description"),
      first_mes: trap(host, "first"),
      creator_notes: trap(host, "notes"),
      assets,
    },
  };
}
