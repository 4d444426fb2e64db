import type { Page } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, signInAsGuest } from "@/e2e/person";

interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

for (const { held, size, insets } of [
  {
    held: "upright",
    size: { width: 390, height: 844 },
    insets: { top: 47, right: 0, bottom: 34, left: 0 },
  },
  {
    held: "on its side",
    size: { width: 844, height: 390 },
    insets: { top: 0, right: 47, bottom: 21, left: 47 },
  },
]) {
  test(`on a phone held ${held} nothing that is touched lies below its notch, its corners or its bar`, async ({
    app,
    page,
    person,
  }) => {
    const chat = chatPage(page);
    const expectAllFree = async (where: string) =>
      expect(await targetsUnder(page, insets), where).toEqual([]);
    await page.setViewportSize(size);
    const device = await page.context().newCDPSession(page);
    await device.send("Emulation.setSafeAreaInsetsOverride", { insets });
    await page.goto("/sign-in");
    await expect(page.locator("meta[name=viewport]")).toHaveAttribute("content", /viewport-fit=cover/);
    expect(await insetsOf(page)).toEqual(insets);
    await expectAllFree("signing in");

    await lend(person, page.context());
    await page.goto("/");
    await expect(chat.question).toBeVisible();
    await expectAllFree("an empty chat");
    await chat.askToTheEnd("Draw [[tokens=300 image image-size=300]]");
    await expectAllFree("a chat");
    await chat.answers.getByRole("button", { name: /^Enlarge: / }).tap();
    await expect(page.getByRole("dialog").getByRole("img")).toBeVisible();
    await expectAllFree("a large image");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
    await page.getByRole("button", { name: /^Model: / }).tap();
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await expectAllFree("the models");
    await page.keyboard.press("Escape");
    await chat.openSideBar();
    // It comes in from the edge.
    await expect.poll(() => targetsUnder(page, insets), "the side bar").toEqual([]);
    await page.getByRole("button", { name: "Search and commands" }).tap();
    await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
    await expectAllFree("the palette");
    await page.keyboard.press("Escape");

    await page.goto("/settings/data");
    const last = page.getByRole("main").getByRole("button").last();
    await last.scrollIntoViewIfNeeded();
    await expectAllFree("the settings");
    await page.context().clearCookies();
    await lend(await signInAsGuest(app.url), page.context());
    await page.goto("/characters");
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expectAllFree("the characters");
  });
}

/** As a style of the page gets to know them. */
function insetsOf(page: Page): Promise<Insets> {
  return page.evaluate(() => {
    const probe = document.createElement("div");
    probe.style.padding = ["top", "right", "bottom", "left"]
      .map((side) => `env(safe-area-inset-${side})`)
      .join(" ");
    document.body.append(probe);
    const { paddingTop, paddingRight, paddingBottom, paddingLeft } = getComputedStyle(probe);
    probe.remove();
    const [top = 0, right = 0, bottom = 0, left = 0] = [
      paddingTop,
      paddingRight,
      paddingBottom,
      paddingLeft,
    ].map(Number.parseFloat);
    return { top, right, bottom, left };
  });
}

/** Names what can be touched and reaches into an edge that is not the page's own; what is scrolled there comes out again. */
function targetsUnder(page: Page, insets: Insets): Promise<string[]> {
  return page.evaluate(({ top, right, bottom, left }) => {
    const free = { left, top, right: innerWidth - right, bottom: innerHeight - bottom };
    const scope = [...document.querySelectorAll("dialog[open], [role=dialog]")].at(-1) ?? document;
    return [...scope.querySelectorAll<HTMLElement>("button, a[href], summary, select, input, textarea")]
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => {
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return hit !== null && (element.contains(hit) || hit.contains(element));
      })
      .filter(({ element, box }) => {
        const isAcross = box.left < free.left || box.right > free.right;
        const isAlong = box.top < free.top || box.bottom > free.bottom;
        return (isAcross && !isScrolled(element, "X")) || (isAlong && !isScrolled(element, "Y"));
      })
      .map(({ element, box }) => `${element.ariaLabel ?? element.textContent}: ${JSON.stringify(box)}`);

    function isScrolled(element: Element | null, axis: "X" | "Y"): boolean {
      if (element === null) return false;
      const over =
        axis === "X"
          ? element.scrollWidth - element.clientWidth
          : element.scrollHeight - element.clientHeight;
      const scrolls =
        element === document.documentElement ||
        /auto|scroll/.test(getComputedStyle(element)[`overflow${axis}`]);
      return (scrolls && over > 1) || isScrolled(element.parentElement, axis);
    }
  }, insets);
}
