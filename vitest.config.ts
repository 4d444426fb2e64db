import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      "swr/whole": fileURLToPath(import.meta.resolve("swr")),
    },
  },
  test: {
    include: ["{app,lib,db,bin,bench,e2e}/**/*.test.{ts,tsx,mjs}"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // As in playwright.config.ts: a test that needs it is marked in the output.
    retry: process.env.CI ? 1 : 0,
  },
});
