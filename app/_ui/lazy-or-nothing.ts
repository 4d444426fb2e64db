import { type ComponentType, lazy } from "react";

/**
 * For what shows by itself and is not needed: where its script cannot be fetched, the page is there without it. What
 * somebody has pressed for says so instead.
 */
export function lazyOrNothing<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy<ComponentType<Props>>(() => load().catch(() => ({ default: () => null })));
}
