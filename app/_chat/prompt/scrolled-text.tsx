import { classNames } from "@/app/_ui/class-names";

/** A text as it is, line breaks included, in a box that scrolls by the keyboard too. */
export function ScrolledText({
  label,
  text,
  className,
}: {
  label: string;
  text: string;
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      aria-label={label}
      dir="auto"
      // The day in it may have changed between the server and here.
      suppressHydrationWarning
      className={classNames("max-h-80 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]", className)}
    >
      {text}
    </div>
  );
}
