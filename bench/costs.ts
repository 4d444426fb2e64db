import type { ProcessTree } from "./process-tree.ts";

/** What a server has used between the start of a measurement and its end. */
export interface Costs {
  cpuMs: number;
  memoryBeforeMegabytes: number;
  memoryPeakMegabytes: number;
}

const sampleMs = 100;

export function measureCosts(tree: ProcessTree | null): { end(): Costs | null } {
  if (tree === null) return { end: () => null };
  const cpuBeforeMs = tree.cpuMs();
  const memoryBeforeMegabytes = tree.memoryMegabytes();
  let memoryPeakMegabytes = memoryBeforeMegabytes;
  const sample = () => {
    memoryPeakMegabytes = Math.max(memoryPeakMegabytes, tree.memoryMegabytes());
  };
  const timer = setInterval(sample, sampleMs);
  return {
    end() {
      clearInterval(timer);
      const cpuMs = tree.cpuMs() - cpuBeforeMs;
      sample();
      return { cpuMs, memoryBeforeMegabytes, memoryPeakMegabytes };
    },
  };
}
