import { existsSync } from "node:fs";

/** The journeys run against the built app, which `npm test` builds first. */
export default function requireBuild(): void {
  if (existsSync(".next/BUILD_ID")) return;
  throw new Error("There is no build of the app in .next: run npm test, which makes one.");
}
