import { type ComponentProps, useId } from "react";
import { classNames } from "./class-names";

interface TextAreaProps extends ComponentProps<"textarea"> {
  label: string;
  hint?: string;
  problem?: string | null;
}

/** Grows with what is in it, where the browser can, and scrolls from two thirds of the window on. */
export function TextArea({ label, hint, problem, className, rows = 3, ...rest }: TextAreaProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        {...rest}
        rows={rows}
        className={classNames(
          "block max-h-[66dvh] w-full resize-y rounded-md border bg-raised px-3.5 py-2.5 text-base text-ink outline-offset-0 field-sizing-content",
          problem ? "border-danger" : "border-line-strong",
        )}
        style={{ minHeight: `${rows * 1.65 + 1.4}rem` }}
      />
      {note && (
        <p id={noteId} className={classNames("mt-1.5 text-sm", problem ? "text-danger" : "text-ink-faint")}>
          {note}
        </p>
      )}
    </div>
  );
}
