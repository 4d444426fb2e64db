import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import { addEndpoint, changeEndpoint } from "@/lib/api/endpoints";
import { changeInstallation } from "@/lib/api/settings";

const key = "sk-endpoint-0000000000000000";

test("an endpoint in a private network is added, refused, allowed by the administrator, and answers", async ({
  model,
  ownApp,
  page,
}) => {
  const chat = chatPage(page);
  await lend(await signUp(ownApp.url), page.context());
  await page.goto(`${ownApp.url}/settings/models`);
  const own = page.getByRole("region", { name: "Your endpoints" });
  await own.getByRole("button", { name: "Add endpoint" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an endpoint" });
  await dialog.getByLabel("Name").fill("At home");
  await dialog.getByLabel("Base URL").fill("home");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("This is no http or https address")).toBeVisible();
  await dialog.getByLabel("Base URL").fill(model.baseUrl.replace("/api/v1", "/v1"));
  await dialog.getByLabel("Key").fill(key);
  await dialog.getByLabel("Prices").fill("scripted/echo cheap");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Write a model and two prices on each line")).toBeVisible();
  await dialog.getByLabel("Prices").fill("scripted/echo 0.25 2");
  await expectNoBarriers(page, "the dialog of an endpoint");
  await dialog.getByRole("button", { name: "Save" }).click();

  await expect(own.getByText("This server is in a private network.")).toBeVisible();
  await own.getByRole("button", { name: "Allow 127.0.0.1" }).click();
  await expect(own.getByText(/^It answers, with \d+ models\.$/)).toBeVisible();
  await expect(page.getByLabel("Private hosts that may be reached")).toHaveValue("127.0.0.1");
  await expectNoBarriers(page, "the settings of models");
  expect(await page.content()).not.toContain(key);

  await page.goto(ownApp.url);
  const button = page.getByRole("button", { name: /^Model: / });
  await button.click();
  await page.getByRole("combobox", { name: "Search models" }).fill("echo");
  await expect(page.getByRole("option", { name: /At home/ })).toContainText("$2");
  await page.getByRole("option", { name: /At home/ }).click();
  await chat.askToTheEnd("Are you at home?");
  expect(await chat.answerText()).toBe("Are you at home?");

  await page.goto(`${ownApp.url}/settings/models`);
  await page.getByRole("button", { name: "Remove At home" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(own.getByText("None yet.")).toBeVisible();
});

test("where the administrator turns endpoints of people's own off, these say so and can only be removed", async ({
  model,
  ownApp,
  page,
}) => {
  const administrator = await signUp(ownApp.url);
  await administrator.call(changeInstallation, { body: { keys: { privateHosts: ["127.0.0.1"] } } });
  const member = await signUp(ownApp.url);
  const baseUrl = model.baseUrl.replace("/api/v1", "/v1");
  await member.call(addEndpoint, { body: { name: "Home", baseUrl, models: ["scripted/echo"] } });
  await lend(member, page.context());
  await page.goto(`${ownApp.url}/settings/models`);
  const own = page.getByRole("region", { name: "Your endpoints" });
  await expect(own.getByRole("button", { name: "Change Home" })).toBeVisible();
  await administrator.call(changeInstallation, { body: { keys: { personalEndpoints: false } } });
  await page.reload();
  await expect(own.getByText("The administrator has turned off people’s own endpoints")).toBeVisible();
  await expect(own.getByRole("button")).toHaveText(["Remove"]);
  await own.getByRole("button", { name: "Remove Home" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(own.getByRole("button")).toHaveCount(0);
});

test("a chat whose model has gone says so, and goes on with the nearest one", async ({
  model,
  ownApp,
  page,
}) => {
  const chat = chatPage(page);
  const person = await signUp(ownApp.url);
  await person.call(changeInstallation, { body: { keys: { privateHosts: ["127.0.0.1"] } } });
  const { id } = await person.call(addEndpoint, {
    body: {
      name: "Home",
      baseUrl: model.baseUrl.replace("/api/v1", "/v1"),
      key,
      models: ["scripted/echo", "scripted/burst"],
    },
  });
  await lend(person, page.context());
  await page.goto(ownApp.url);
  const button = page.getByRole("button", { name: /^Model: / });
  await button.click();
  await page.getByRole("combobox", { name: "Search models" }).fill("home echo");
  await page.getByRole("option", { name: /Home/ }).first().click();
  await chat.askToTheEnd("Still there?");
  await chat.chatId();

  await person.call(changeEndpoint, { params: { endpointId: id }, body: { models: ["scripted/burst"] } });
  await page.reload();
  await expect(page.getByText("is no longer offered.")).toBeVisible();
  await expectNoBarriers(page, "a chat whose model has gone");
  await page.getByRole("button", { name: "Use Scripted: echo" }).click();
  await expect(page.getByText("is no longer offered.")).toBeHidden();
  await chat.askToTheEnd("And now?");
  const calls = callsOf(model, await chat.chatId());
  expect(calls.at(-1)).toMatchObject({ path: "/api/v1/chat/completions", model: "scripted/echo" });
});
