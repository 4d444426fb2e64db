import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { gzipBytes, scriptsOf } from "@/e2e/loaded-scripts";
import { readStream } from "@/e2e/read-stream";
import type { Figure } from "./figure.ts";
import type { Stage } from "./stage.ts";

/** What a browser that has never been here fetches as scripts. */
export async function measureLoad({ person, openPage }: Stage): Promise<Figure[]> {
  const { response, chatId } = await ask(person, "Tell me more [[text=answer]]");
  await readStream(response);
  const { page } = await openPage();
  const scripts = scriptsOf(page);
  const empty = await scripts.loadedBy(() => page.goto("/"));
  const answered = await scripts.loadedBy(async () => {
    await page.goto(`/chat/${chatId}`);
    await chatPage(page).answers.locator(".markdown > *").first().waitFor();
  });
  return [
    { what: "scripts of the empty page, gzip", value: gzipBytes(empty) / 1000, unit: "kB", goal: 250 },
    {
      what: "scripts of a chat with answers, gzip",
      value: gzipBytes(answered) / 1000,
      unit: "kB",
      goal: 250,
    },
  ];
}
