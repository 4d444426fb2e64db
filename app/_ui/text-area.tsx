import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Labelled, type LabelledProps } from "./labelled";

interface TextAreaProps extends LabelledProps, ComponentProps<"textarea"> {}

/** Grows with what is in it, where the browser can, and scrolls from two thirds of the window on. */
export function TextArea({ label, hint, problem, aside, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Labelled label={label} hint={hint} problem={problem} aside={aside} className={className}>
      {(ties) => (
        <textarea
          {...ties}
          dir="auto"
          {...rest}
          rows={rows}
          className={classNames(
            "block max-h-[66dvh] w-full resize-y rounded-md border bg-raised px-3.5 py-2.5 text-base text-ink outline-offset-0 field-sizing-content",
            problem ? "border-danger" : "border-line-strong",
          )}
          style={{ minHeight: `${rows * 1.65 + 1.4}rem` }}
        />
      )}
    </Labelled>
  );
}
