import type { ReactNode } from "react";
import { actorOfRequest } from "@/app/(chat)/actor-of-request";
import { SettingsHeader } from "./settings-header";
import { SettingsNav } from "./settings-nav";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  // The page inside sends the visitor to sign in; there is no side bar to stand beside then.
  if (!(await actorOfRequest())) return children;
  return (
    <div className="flex h-full flex-col">
      <SettingsHeader />
      <div className="mx-auto flex min-h-0 w-full max-w-4xl flex-1 flex-col md:flex-row md:gap-10 md:px-8 md:pt-4">
        <SettingsNav />
        {/* Positioned, so that what only screen readers find scrolls along. */}
        <div className="relative min-h-0 min-w-0 flex-1 overflow-y-auto px-5 pt-2 pb-[calc(4rem+env(safe-area-inset-bottom))] md:px-1 md:pt-0">
          {children}
        </div>
      </div>
    </div>
  );
}
