#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureNode } from "./runtime.mjs";

await ensureNode(import.meta.url);
const { registerHooks } = await import("node:module");
const checkout = new URL("..", import.meta.url);
// Node runs the TypeScript as it stands, but knows neither the paths of tsconfig.json nor names without their ending.
registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith("@/") || specifier.startsWith("./");
    if (!isOurs || !context.parentURL || context.parentURL.includes("/node_modules/"))
      return next(specifier, context);
    const url = specifier.startsWith("@/")
      ? new URL(specifier.slice(2), checkout)
      : new URL(specifier, context.parentURL);
    const typed = new URL(`${url.href}.ts`);
    return next(existsSync(fileURLToPath(typed)) ? typed.href : url.href, context);
  },
});
await import(new URL("bench/soak/main.ts", checkout).href);
