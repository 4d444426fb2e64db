import { expect, type Page } from "@playwright/test";

type ChatAction =
  | "Rename"
  | "Pin"
  | "Unpin"
  | "Mark as unread"
  | "Archive"
  | "Unarchive"
  | "Delete"
  | "Restore"
  | "Delete for good";

/** What a person finds on the page of a chat, by role and name. */
export function chatPage(page: Page) {
  const question = page.getByRole("textbox", { name: "Your question" });
  const send = page.getByRole("button", { name: "Send", exact: true });
  const answers = page.getByRole("article", { name: "Answer" });
  const drawer = page.getByRole("dialog", { name: "Side bar" });
  return {
    question,
    send,
    stop: page.getByRole("button", { name: "Stop", exact: true }),
    questions: page.getByRole("article", { name: "Your question" }),
    answers,
    chats: page.getByRole("navigation", { name: "Chats" }),
    /** The same where another list than that of the chats may be shown. */
    list: page.getByRole("navigation", { name: /^(Chats|Archive|Trash)$/ }),
    filter: page.getByRole("searchbox", { name: "Filter chats by title" }),
    /** What is told at once, beside Next.js's own announcer of pages. */
    alert: page.getByRole("main").getByRole("alert"),
    /** What went wrong, with what can be done about it. */
    problem: page.getByRole("main").getByRole("group", { name: "Problem" }),
    account: page.getByRole("button", { name: /^Account: / }),
    drawer,

    /** Types a question and sends it; does not wait for anything after that. */
    async ask(text: string): Promise<void> {
      await question.fill(text);
      await send.click();
    },

    /** Asks, and waits until the answer is complete. */
    async askToTheEnd(text: string): Promise<void> {
      const before = await answers.count();
      await this.ask(text);
      await expect(answers).toHaveCount(before + 1);
      await this.untilAnswered();
    },

    async untilAnswered(): Promise<void> {
      await expect(answers.last()).toHaveAttribute("aria-busy", "false");
      await expect(send).toBeVisible();
    },

    /** The newest answer as it is read; thoughts that are closed are not. */
    async answerText(): Promise<string> {
      return words((await answers.last().locator(".markdown").allInnerTexts()).join(" "));
    },

    /** The chat's id, once its address has one. */
    async chatId(): Promise<string> {
      await expect(page).toHaveURL(/\/chat\/[\w-]+$/);
      return page.url().split("/").at(-1) ?? "";
    },

    /** On a phone it is a drawer; elsewhere it is there. */
    async openSideBar(): Promise<void> {
      const opener = page.getByRole("button", { name: "Open side bar" });
      if (!(await opener.isVisible()) || (await drawer.isVisible())) return;
      await opener.click();
      await expect(drawer).toBeVisible();
    },

    /** Another list, or something with all of this one. */
    async chooseInSideBar(action: string): Promise<void> {
      await this.openSideBar();
      await page.getByRole("button", { name: "More lists and actions" }).click();
      await page.getByRole("menuitem", { name: action, exact: true }).click();
    },

    /** Opens what can be done with a chat of the list, and chooses. */
    async choose(title: string, action: ChatAction): Promise<void> {
      await this.openSideBar();
      const options = this.list.getByRole("button", { name: `Options for ${title}` });
      await options.hover();
      await options.click();
      await page.getByRole("menuitem", { name: action, exact: true }).click();
    },
  };
}

/** A text whose line breaks and spaces do not matter. */
export function words(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
