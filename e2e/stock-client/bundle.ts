import { build } from "vite";

/** The page's script, with React and the AI SDK as they are published. */
export async function bundleStockClient(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "esnext",
      minify: false,
      rollupOptions: { input: "e2e/stock-client/page.tsx" },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  if (!result || !("output" in result)) throw new Error("vite built nothing");
  const [entry] = result.output;
  return entry.code;
}
