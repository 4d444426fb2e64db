"use client";

import { useEffect } from "react";
import { keepPresses } from "./early-press";

/** Stands in the layout: when it takes effect, so does all that does not stand behind a loading page. */
export function EarlyPresses() {
  useEffect(keepPresses, []);
  return null;
}
