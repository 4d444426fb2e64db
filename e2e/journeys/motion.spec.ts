import type { Page } from "@playwright/test";
import { z } from "zod";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";

test("who wants less motion sees none: nothing slides, fades, breathes or scrolls by itself", {
  tag: "@phone",
}, async ({ page, person }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await motionOfAVisit(page, person)).toEqual([]);
});

test("everybody else sees some of each, so that its absence means something", async ({ page, person }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  const motion = await motionOfAVisit(page, person);
  for (const kind of ["CSSAnimation", "CSSTransition", "smooth scrolling"]) {
    expect(motion.filter((seen) => seen.startsWith(kind))).not.toEqual([]);
  }
});

/** What moves while somebody asks, looks back, jumps to the end and opens what can be opened. */
async function motionOfAVisit(page: Page, person: Person): Promise<string[]> {
  await page.addInitScript(watchMotion);
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.ask("A long one [[reasoning=20 tokens=900 interval=4]]");
  await expect(chat.answers).toContainText("400.");
  await page.getByRole("region", { name: "Conversation" }).evaluate((view) => view.scrollBy(0, -600));
  await page.getByRole("button", { name: "Jump to latest" }).click();
  await chat.untilAnswered();
  await page.getByRole("button", { name: /^Model: / }).click();
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings of this chat" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await chat.openSideBar();
  await chat.account.click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  return z.array(z.string()).parse(await page.evaluate("motion"));
}

/** Runs in the page: names each motion that takes longer than a frame. */
function watchMotion(): void {
  const frameMs = 17;
  const motion: string[] = [];
  Object.assign(window, { motion });
  const look = () => {
    requestAnimationFrame(look);
    for (const animation of document.getAnimations()) {
      const { activeDuration = 0, delay = 0 } = animation.effect?.getComputedTiming() ?? {};
      const element = animation.effect instanceof KeyframeEffect ? animation.effect.target : null;
      if (Number(activeDuration) <= frameMs) continue;
      motion.push(`${animation.constructor.name} of ${element?.outerHTML.slice(0, 200)} (${delay} ms late)`);
    }
  };
  look();
  const watched = (options: unknown) => {
    const isSmooth =
      typeof options === "object" && options !== null && Reflect.get(options, "behavior") === "smooth";
    if (isSmooth) motion.push("smooth scrolling");
  };
  for (const name of ["scrollTo", "scrollBy", "scroll", "scrollIntoView"] as const) {
    const original = Element.prototype[name];
    Object.assign(Element.prototype, {
      [name](this: Element, ...given: [never]) {
        watched(given[0]);
        if (getComputedStyle(this).scrollBehavior === "smooth") motion.push("smooth scrolling by style");
        return original.apply(this, given);
      },
    });
  }
}
