import { answerTo } from "@/e2e/ask";
import { type Holding, startBufferingProxy } from "@/e2e/buffering-proxy";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

const question = "Through a proxy [[tokens=150 interval=80]]";

for (const holding of ["bodies", "everything"] satisfies Holding[]) {
  test(`an answer is read live through a proxy that holds back ${holding}, to its exact end`, async ({
    app,
    page,
    person,
  }) => {
    const proxy = await startBufferingProxy(app.url);
    proxy.hold(holding);
    await lend({ ...person, origin: proxy.url }, page.context());
    const chat = chatPage(page);
    await page.goto(proxy.url);
    await chat.ask(question);

    await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Polling");
    await expect(chat.answers).toContainText("60.");
    await expect(chat.stop).toBeVisible();
    await chat.untilAnswered();
    expect(await chat.answerText()).toBe(words(answerTo(question)));
    await expect(chat.answers).toHaveCount(1);

    proxy.hold("nothing");
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
    await page.close();
    await proxy.close();
  });
}
