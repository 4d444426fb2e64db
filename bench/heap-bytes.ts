import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What this process holds and still needs. */
export function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
