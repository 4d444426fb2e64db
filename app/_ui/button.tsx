import type { ComponentProps } from "react";
import { classNames } from "./class-names";

type Look = "primary" | "outline" | "tinted" | "quiet" | "danger" | "inverse";

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  size?: "medium" | "small";
}

export function Button({ look = "outline", size = "medium", className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={buttonClass(look, size, className)} />;
}

/** For links that look like buttons. */
export function buttonClass(look: Look, size: "medium" | "small" = "medium", className?: string): string {
  return classNames(
    "touch-target inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium transition-colors",
    "disabled:opacity-50 aria-disabled:opacity-60",
    size === "small" ? "h-8 px-3 text-sm" : "h-10 px-4 text-sm",
    looks[look],
    className,
  );
}

const looks: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  outline: "border border-line bg-raised text-ink hover:bg-hover",
  /** On a coloured ground. */
  tinted: "border border-line-strong/40 bg-lifted text-ink hover:border-line-strong",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink",
  danger: "border border-line bg-raised text-danger hover:bg-danger-soft",
  inverse: "text-paper underline underline-offset-4 hover:opacity-80",
};
