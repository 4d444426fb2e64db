import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Labelled, type LabelledProps } from "./labelled";

interface FieldProps extends LabelledProps, ComponentProps<"input"> {}

export function Field({ label, hint, problem, aside, className, ...rest }: FieldProps) {
  return (
    <Labelled label={label} hint={hint} problem={problem} aside={aside} className={className}>
      {(ties) => (
        <input
          {...ties}
          {...rest}
          className={classNames(
            "h-11 w-full rounded-md border bg-raised px-3.5 text-base text-ink outline-offset-0",
            problem ? "border-danger" : "border-line-strong",
          )}
        />
      )}
    </Labelled>
  );
}
