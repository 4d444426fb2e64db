import type { Page } from "@playwright/test";

/** Names what can be touched and is less than 44 pixels in one direction; links within a text excepted. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
    const controls =
      "button, a[href], summary, select, input, textarea, label:has(input), [role=option], [role^=menuitem]";
    return (
      [...scope.querySelectorAll<HTMLElement>(controls)]
        .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        .filter(
          (element) =>
            !element.closest(".markdown p, .markdown li, .markdown td") && !element.closest(".sr-only"),
        )
        // What is drawn by its label is touched there.
        .filter((element) => !(element instanceof HTMLInputElement && element.labels?.[0]?.contains(element)))
        .map((element) => {
          const { bottom, width, height } = element.getBoundingClientRect();
          // A button may reach over the whole card that it stands on.
          const over = getComputedStyle(element, "::after");
          const reach = over.position === "absolute" ? [over.width, over.height].map(Number.parseFloat) : [];
          const box = {
            bottom,
            width: Math.max(width, reach[0] ?? 0),
            height: Math.max(height, reach[1] ?? 0),
          };
          return { element, box };
        })
        .filter(({ box }) => box.width > 1 && box.bottom > 0 && Math.min(box.width, box.height) < 43.5)
        .map(
          ({ element, box }) => `${element.ariaLabel ?? element.textContent}: ${box.width} × ${box.height}`,
        )
    );
  });
}

/** Names the fields with letters of less than 16 pixels: touched, they make a phone zoom in. */
export async function fieldsThatZoom(page: Page): Promise<string[]> {
  return page
    .locator("input:visible, textarea:visible, select:visible")
    .evaluateAll((fields) =>
      fields
        .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
        .map((field) => field.outerHTML),
    );
}
