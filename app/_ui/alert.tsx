import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface AlertProps {
  tone: "info" | "warn" | "danger";
  icon: LucideIcon;
  title?: string;
  children: ReactNode;
  /** What can be done about it, and small things in the corner. Neither is read out. */
  actions?: ReactNode;
  corner?: ReactNode;
  /** Read out as soon as it appears, and whenever it changes. */
  isUrgent?: boolean;
}

export function Alert({ tone, icon: Icon, title, children, actions, corner, isUrgent = false }: AlertProps) {
  return (
    <div className={classNames("rounded-lg p-4 text-sm", grounds[tone])}>
      <div className="flex gap-3">
        <Icon aria-hidden className={classNames("mt-px size-[1.125rem] shrink-0", inks[tone])} />
        <div role={isUrgent ? "alert" : undefined} className="min-w-0 flex-1">
          {title && <p className="mb-0.5 font-semibold">{title}</p>}
          {children}
        </div>
        {corner && <div className="-m-1.5 flex shrink-0 pointer-coarse:-m-3">{corner}</div>}
      </div>
      {actions && <div className="mt-3 flex flex-wrap items-center gap-2 md:ps-7.5">{actions}</div>}
    </div>
  );
}

const grounds = { info: "bg-accent-soft", warn: "bg-warn-soft", danger: "bg-danger-soft" };
const inks = { info: "text-accent", warn: "text-warn", danger: "text-danger" };
