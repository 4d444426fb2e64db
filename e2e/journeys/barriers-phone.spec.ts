import { expectNoBarriers } from "@/e2e/barriers";
import { expect, test } from "@/e2e/fixtures";
import { scenes } from "@/e2e/scenes/scenes";
import { showScene } from "@/e2e/scenes/show-scene";
import { fieldsThatZoom, smallTargets } from "@/e2e/touch-targets";

for (const scene of scenes) {
  test(`on a phone nothing keeps people out, all fits, is large enough to touch and never zooms: ${scene.name}`, async ({
    app,
    page,
  }) => {
    await showScene(scene, page, app.url);
    await expectNoBarriers(page, scene.name);
    expect(await smallTargets(page)).toEqual([]);
    expect(await fieldsThatZoom(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}
