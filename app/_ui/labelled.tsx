import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** What every field of a form has around it. */
export interface LabelledProps {
  label: string;
  hint?: string;
  problem?: string | null;
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

export function Labelled({ label, hint, problem, className, children }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
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
