import { ChevronRight } from "lucide-react";

/** In the summary of a `details`, in place of the browser's own triangle; the summary is `list-none`. */
export function OpenMark() {
  return (
    <ChevronRight
      aria-hidden
      className="size-4 shrink-0 text-ink-faint transition-transform rtl:-scale-x-100 [details[open]>summary>&]:rotate-90"
    />
  );
}
