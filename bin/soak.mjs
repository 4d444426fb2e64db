#!/usr/bin/env node
import { ensureNode } from "./runtime.mjs";

await ensureNode(import.meta.url);
// Loaded late: a Node that is too old has no hooks, and ensureNode speaks first.
const { importTypeScript } = await import("./typescript.mjs");
await importTypeScript("bench/soak/main.ts");
