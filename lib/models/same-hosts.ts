import type { ModelSettings } from "./settings";

/** For a call beside an answer: what was said is told to no host that the answer was kept from. */
export function sameHosts({ routing }: Pick<ModelSettings, "routing">): Pick<ModelSettings, "routing"> {
  if (!routing) return {};
  const { fallbackModels: _, ...hosts } = routing;
  return { routing: hosts };
}
