import type { createServices } from "./create-services";
import { isBuilding } from "./env";

export type Services = Awaited<ReturnType<typeof createServices>>;

const key = Symbol.for("parley.services");

/** Everything the process runs on. `instrumentation.ts` has its own copy of the modules, hence the global. */
export function services(): Services {
  const found = (globalThis as { [key]?: Services })[key];
  if (found) return found;
  throw new Error(isBuilding() ? "nothing is opened during the build" : "the app has not been booted");
}

export function setServices(created: Services): void {
  (globalThis as { [key]?: Services })[key] = created;
}
