/**
 * Stands in for `swr` where the AI SDK imports it, in the browser (see next.config.ts): for hooks that this page does not
 * have. What of ours uses SWR takes it from `swr/whole`, and loads it when it is opened: 6 kB.
 */
export default function neverUsed(): never {
  throw new Error("SWR is left out of the AI SDK in the browser: see next.config.ts");
}
