#!/usr/bin/env node
import { ensureNode } from "./runtime.mjs";

await ensureNode(import.meta.url);
// Only a Node that is new enough has the hooks.
const { registerTypescriptPaths } = await import("./typescript-paths.mjs");
registerTypescriptPaths();
await import(new URL("../bench/browser/main.ts", import.meta.url).href);
