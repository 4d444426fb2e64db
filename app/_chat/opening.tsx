import { LoaderCircle } from "lucide-react";
import { useLinkStatus } from "next/link";
import { classNames } from "@/app/_ui/class-names";

/** In a link: shows only when its page takes longer to open than a glance. */
export function Opening({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  return pending ? <LateSpinner className={className} /> : null;
}

export function LateSpinner({ className = "size-3.5" }: { className?: string }) {
  return (
    <span className="animate-appear-late">
      <LoaderCircle aria-hidden className={classNames("animate-spin text-ink-faint", className)} />
    </span>
  );
}
