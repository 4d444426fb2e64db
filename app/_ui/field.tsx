import { type ComponentProps, useId } from "react";
import { classNames } from "./class-names";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  problem?: string | null;
}

export function Field({ label, hint, problem, className, ...rest }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        {...rest}
        className={classNames(
          "h-11 w-full rounded-md border bg-raised px-3.5 text-base text-ink outline-offset-0",
          problem ? "border-danger" : "border-line-strong",
        )}
      />
      {note && (
        <p id={noteId} className={classNames("mt-1.5 text-sm", problem ? "text-danger" : "text-ink-faint")}>
          {note}
        </p>
      )}
    </div>
  );
}
