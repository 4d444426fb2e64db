import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails on whatever axe calls serious or critical in the light, or in the dark, and names the elements. */
export async function expectNoBarriers(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await settle(page);
  expect(await graveProblems(new AxeBuilder({ page })), `${where}, in the light`).toEqual([]);
  // Nothing but the colours is another.
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await settle(page);
  const colours = new AxeBuilder({ page }).withRules(["color-contrast"]);
  expect(await graveProblems(colours), `${where}, in the dark`).toEqual([]);
}

async function graveProblems(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** A colour that is half-way to another one is neither. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // By the second frame the page is drawn in them, and what moves there has begun to.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    );
  });
}
