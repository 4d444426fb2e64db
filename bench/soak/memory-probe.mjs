import { setTimeout as wait } from "node:timers/promises";

// Loaded into a server that is measured, which runs with --expose-gc: tells on SIGUSR2 what it holds that is in use.
process.on("SIGUSR2", async () => {
  globalThis.gc();
  // What the first collection has freed may hold finalizers that free more.
  await wait(200);
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  console.log(JSON.stringify({ probe: "memory", pid: process.pid, rss, inUse: heapUsed + external }));
});
