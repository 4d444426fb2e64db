import { stat } from "node:fs/promises";
import { expect, test } from "@/e2e/fixtures";
import { scenes } from "@/e2e/scenes";
import { showScene } from "@/e2e/show-scene";

const folder = process.env.SCREENSHOTS ?? "docs/screenshots";
const bytesMax = 150_000;

for (const scene of scenes) {
  test(scene.name, async ({ app, page }, { project }) => {
    const suffix = {
      "desktop-light": "",
      "desktop-dark": "-dark",
      "phone-light": "-phone",
      "phone-dark": "-phone-dark",
    }[project.name];
    const path = `${folder}/${scene.name}${suffix}.png`;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await showScene(scene, page, app.url);
    await page.mouse.move(0, 0);
    await page.screenshot({ path, caret: "hide", animations: "disabled" });
    expect((await stat(path)).size).toBeLessThanOrEqual(bytesMax);
  });
}
