"use client";

import { useEffect } from "react";
import { doEarlyPress } from "./early-press";

/** Stands in the layout: when it takes effect, so does everything else that the page came with. */
export function EarlyPresses() {
  useEffect(doEarlyPress, []);
  return null;
}
