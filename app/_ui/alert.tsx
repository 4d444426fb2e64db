import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface AlertProps {
  tone: "info" | "warn" | "danger";
  icon: LucideIcon;
  title?: string;
  children: ReactNode;
  /** Read out as soon as it appears. */
  isUrgent?: boolean;
}

export function Alert({ tone, icon: Icon, title, children, isUrgent = false }: AlertProps) {
  return (
    <div
      role={isUrgent ? "alert" : undefined}
      className={classNames("flex gap-3 rounded-lg p-4 text-sm", grounds[tone])}
    >
      <Icon aria-hidden className={classNames("mt-px size-[1.125rem] shrink-0", inks[tone])} />
      <div className="min-w-0 flex-1">
        {title && <p className="mb-0.5 font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}

const grounds = { info: "bg-accent-soft", warn: "bg-warn-soft", danger: "bg-danger-soft" };
const inks = { info: "text-accent", warn: "text-warn", danger: "text-danger" };
