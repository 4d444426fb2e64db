import { stat } from "node:fs/promises";
import { type AppServer, createAppServer } from "@/e2e/app-server";
import { test as base, expect } from "@/e2e/fixtures";
import { providerSettings } from "@/e2e/provider-settings";
import type { Scene } from "@/e2e/scenes/scene";
import { scenes } from "@/e2e/scenes/scenes";
import { showScene } from "@/e2e/scenes/show-scene";

const test = base.extend<object, { app: AppServer }>({
  app: [
    async ({ model }, use) => {
      const app = await createAppServer({
        ...providerSettings(model),
        DEFAULT_MODEL: "deepseek/deepseek-r1-0528:free",
        // A chat is called by its question, and not by what the scripted model says.
        TITLE_MODEL: "off",
      });
      await app.start();
      await use(app);
      await app.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

const folder = process.env.SCREENSHOTS ?? "docs/screenshots";
const bytesMax = 150_000;

/** States that differ little from others are only looked through for barriers. */
const left = new Set(["sign-up", "sign-in-refused", "stopped", "account-menu"]);
const pictured = scenes.filter(({ name }) => !left.has(name) && !/^delete-|-guest$|^chat-not/.test(name));

const withAccount = pictured.filter(({ as }) => as === "account");

/** An address as people have them, and another one in each scene: they share a server. */
function emailOf(scene: Scene): string {
  return `ada.${String.fromCharCode("a".charCodeAt(0) + withAccount.indexOf(scene))}@example.org`;
}

for (const scene of pictured) {
  test(scene.name, async ({ app, page }, { project }) => {
    const suffix = {
      "desktop-light": "",
      "desktop-dark": "-dark",
      "phone-light": "-phone",
      "phone-dark": "-phone-dark",
    }[project.name];
    const path = `${folder}/${scene.name}${suffix}.png`;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await showScene(scene, page, app.url, emailOf(scene));
    await page.mouse.move(0, 0);
    await page.screenshot({ path, caret: "hide", animations: "disabled" });
    expect((await stat(path)).size).toBeLessThanOrEqual(bytesMax);
  });
}
