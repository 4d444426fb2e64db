#!/usr/bin/env node
import { ensureNode } from "./runtime.mjs";

await ensureNode(import.meta.url);
await import(new URL("../e2e/scripted-model/main.ts", import.meta.url).href);
