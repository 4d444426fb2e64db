import { parseArgs } from "node:util";

import { namedModels } from "./named-models.ts";
import { startScriptedModel } from "./start-scripted-model.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4010" },
    host: { type: "string", default: "127.0.0.1" },
    quiet: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log("npm run scripted-model -- [--port 4010] [--host 127.0.0.1] [--quiet]");
} else {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port wants a port, not "${values.port}"`);
  await serve(port, values.host);
}

async function serve(port: number, host: string): Promise<void> {
  const server = await startScriptedModel({ port, host }).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
  if (!values.quiet) console.log(greeting(server.url, server.baseUrl));
  const stop = () => server.close().then(() => process.exit(0));
  // "disconnect": a process that started this one over a channel is gone, however it went.
  for (const event of ["SIGINT", "SIGTERM", "disconnect"]) process.on(event, stop);
}

function greeting(url: string, baseUrl: string): string {
  return `The scripted model listens on ${url} and plays ${namedModels.length} models.

Point Parley at it with

  OPENROUTER_BASE_URL=${baseUrl}
  OPENROUTER_API_KEY=sk-or-scripted

and ask for what you need, for example [[tokens=200 interval=10]]; e2e/scripted-model/README.md lists it all.
What was asked: ${url}/_scripted/requests · ${url}/_scripted/stats`;
}

function fail(message: string): never {
  console.error(`scripted-model: ${message}`);
  process.exit(1);
}
