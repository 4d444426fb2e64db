import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const moduleUrl = new URL("./end-signal.mjs", import.meta.url).href;

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
])("%s is passed on once, as the exit code %i", async (signalName, code) => {
  const child = await start({
    script: `ending.addEventListener("abort", () => process.exit(ending.reason));`,
  });
  child.kill(signalName);
  expect(await once(child, "exit")).toEqual([code, null]);
});

test("one Ctrl-C that npm and the terminal both deliver is one, and a second one ends at once", async () => {
  const child = await start({ script: `ending.addEventListener("abort", () => console.log("ending"));` });
  child.kill("SIGINT");
  child.kill("SIGINT");
  await once(child.stdout, "data");
  const pressAgain = setInterval(() => child.kill("SIGINT"), 50);
  const startedAt = performance.now();
  expect(await once(child, "exit")).toEqual([130, null]);
  clearInterval(pressAgain);
  expect(performance.now() - startedAt).toBeGreaterThan(400);
});

test("a process ends when its launcher is gone without a word", async () => {
  const child = await start({
    script: `ending.addEventListener("abort", () => process.exit(ending.reason));`,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  child.disconnect();
  expect(await once(child, "exit")).toEqual([143, null]);
});

// Without /proc nobody tells whose child the shell is.
test.runIf(process.platform === "linux")(
  "a script ends when npm dies and leaves only the shell between them",
  async () => {
    const script = `${childScript(`ending.addEventListener("abort", () => { console.log("ended"); process.exit(); });`)}`;
    // The outer process plays npm: it starts a shell that starts the script and waits for it.
    const npm = spawn(process.execPath, ["--input-type=module", "-e", npmScript(script)], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, npm_lifecycle_event: "start" },
    });
    const lines = npm.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
    expect((await lines.next()).value).toContain("ready");
    npm.kill("SIGKILL");
    expect((await lines.next()).value).toContain("ended");
  },
);

function npmScript(script) {
  return `
    import { spawn } from "node:child_process";
    spawn("sh", ["-c", '"$0" --input-type=module -e "$1"; true', process.execPath, ${JSON.stringify(script)}], { stdio: "inherit" });
    setTimeout(() => {}, 10_000);`;
}

function childScript(script) {
  return `
    import { endSignal } from ${JSON.stringify(moduleUrl)};
    const ending = endSignal();
    ${script}
    setTimeout(() => {}, 10_000);
    console.log("ready");`;
}

async function start({ script, stdio = ["ignore", "pipe", "inherit"] }) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", childScript(script)], {
    stdio,
    env: { ...process.env, npm_lifecycle_event: "" },
  });
  await once(child.stdout, "data");
  return child;
}
