import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** What every field of a form has around it. */
export interface LabelledProps {
  label: string;
  hint?: string;
  problem?: string | null;
  /** Across from the label: what is known of the value, and no part of its name. */
  aside?: string;
}

/** What ties a field to its label and to what is said below it. */
interface FieldTies {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

interface Props extends LabelledProps {
  className?: string;
  children(ties: FieldTies): ReactNode;
}

export function Labelled({ label, hint, problem, aside, className, children }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className={className}>
      {aside ? (
        <div className="mb-1.5 flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="min-w-0 text-sm font-medium">
            {label}
          </label>
          <span className="shrink-0 text-xs tabular-nums text-ink-faint">{aside}</span>
        </div>
      ) : (
        <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
          {label}
        </label>
      )}
      {children({
        id,
        "aria-invalid": problem ? true : undefined,
        "aria-describedby": note ? noteId : undefined,
      })}
      {note && (
        <p id={noteId} className={classNames("mt-1.5 text-sm", problem ? "text-danger" : "text-ink-faint")}>
          {note}
        </p>
      )}
    </div>
  );
}
