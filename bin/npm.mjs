import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { Refusal } from "./refusal.mjs";
import { run } from "./run.mjs";

/** Runs the machine's npm on the Node that runs this. */
export function npm(args, options) {
  return run(process.execPath, [npmCli(), ...args], options);
}

function npmCli() {
  const besideNode = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(besideNode, "./lib/node_modules/npm/bin/npm-cli.js"),
    join(besideNode, "node_modules/npm/bin/npm-cli.js"),
    ...(process.env.PATH ?? "").split(delimiter).flatMap((folder) => {
      const command = join(folder, "npm");
      return existsSync(command)
        ? [realpathSync(command), join(folder, "node_modules/npm/bin/npm-cli.js")]
        : [];
    }),
  ];
  const cli = candidates.find((path) => path?.endsWith("npm-cli.js") && existsSync(path));
  if (!cli) throw new Refusal("npm was not found. Install Node.js together with npm, then try again.");
  return cli;
}
