"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, use, useState } from "react";

const WayBackContext = createContext("/");

/** Where somebody was before the settings. */
export function useWayBack(): string {
  return use(WayBackContext);
}

export function WayBackProvider({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const [place, setPlace] = useState("/");
  if (pathname !== place && !pathname.startsWith("/settings")) setPlace(pathname);
  return <WayBackContext value={place}>{children}</WayBackContext>;
}
