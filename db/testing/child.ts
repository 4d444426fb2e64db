import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface Child {
  pid: number | undefined;
  /** Sends a line to its standard input. */
  tell(line: string): void;
  /** The next line of its standard output; rejects when it ends without one. */
  nextLine(): Promise<string>;
  /** Closes its standard input. Resolves when it has ended by itself. */
  finish(): Promise<number | null>;
  /** `kill -9`. Resolves when the process is gone, with the lines that nobody had read. */
  kill(): Promise<string[]>;
}

/** Runs a script in a process of its own, which ends with the test if not before. */
export function startChild(script: string, ...parameters: string[]): Child {
  // Node 22 needs the flag to import TypeScript.
  const flags = ["--experimental-strip-types", "--no-warnings"];
  const child = spawn(process.execPath, [...flags, script, ...parameters], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    tell(line) {
      child.stdin.write(`${line}\n`);
    },
    async nextLine() {
      const { done, value } = await lines.next();
      if (done) throw new Error(`${script} ended without a line`);
      return value;
    },
    finish() {
      child.stdin.end();
      return exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
  };
}
