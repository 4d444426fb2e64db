#!/usr/bin/env node
import { ensureNode } from "./runtime.mjs";

await ensureNode(import.meta.url);
const { registerHooks } = await import("node:module");
const checkout = new URL("..", import.meta.url).href;
// Node runs the TypeScript as it stands, but does not know the paths of tsconfig.json.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.startsWith("@/") ? `${checkout}${specifier.slice(2)}` : specifier, context),
});
await import(new URL("../bench/main.ts", import.meta.url).href);
