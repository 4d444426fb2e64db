import { expectNoBarriers } from "@/e2e/barriers";
import { test } from "@/e2e/fixtures";
import { scenes } from "@/e2e/scenes/scenes";
import { showScene } from "@/e2e/scenes/show-scene";

for (const scene of scenes) {
  test(`nothing keeps people out: ${scene.name}`, async ({ app, page }) => {
    await showScene(scene, page, app.url);
    await expectNoBarriers(page, scene.name);
  });
}
