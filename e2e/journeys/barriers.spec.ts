import { expectNoBarriers } from "@/e2e/barriers";
import { test } from "@/e2e/fixtures";
import { scenes } from "@/e2e/scenes/scenes";
import { showScene } from "@/e2e/scenes/show-scene";
import { troubleScenes } from "@/e2e/scenes/trouble-scenes";

/** Trouble looks the same in windows of every size: it is gone through on a phone, where more is asked of it. */
const onEverySize = scenes.filter((scene) => !troubleScenes.includes(scene));

for (const scene of onEverySize) {
  test(`nothing keeps people out: ${scene.name}`, async ({ app, page }) => {
    await showScene(scene, page, app.url);
    await expectNoBarriers(page, scene.name);
  });
}
