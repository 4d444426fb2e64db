import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

type Look = "plain" | "accent" | "solid" | "inverse";

interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  icon: LucideIcon;
  label: string;
  look?: Look;
  size?: "medium" | "small";
  shape?: "square" | "round";
}

/** A button that is only a picture; its name is shown by the tooltip layer. */
export function IconButton({
  icon: Icon,
  label,
  look = "plain",
  size = "medium",
  shape = "square",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      {...rest}
      className={classNames(
        "touch-target inline-grid shrink-0 place-items-center transition-colors",
        looks[look],
        size === "small" ? "size-8" : "size-9",
        shape === "round" ? "rounded-full" : "rounded-md",
        className,
      )}
    >
      <Icon aria-hidden className={size === "small" ? "size-4" : "size-[1.125rem]"} strokeWidth={1.85} />
    </button>
  );
}

const looks: Record<Look, string> = {
  plain:
    "text-ink-soft hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink disabled:opacity-50",
  accent: "bg-accent text-on-accent hover:bg-accent-strong disabled:bg-hover disabled:text-ink-faint",
  solid: "bg-ink text-paper hover:opacity-90 aria-disabled:opacity-60",
  inverse: "text-paper hover:opacity-80",
};
