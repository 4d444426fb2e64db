import { type ComponentProps, useId } from "react";
import { classNames } from "./class-names";

interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "onChange"> {
  label: string;
  hint?: string;
  checked: boolean;
  onChange(isOn: boolean): void;
}

/** The whole line is the switch, words included. */
export function Switch({ label, hint, checked, onChange, ...rest }: SwitchProps) {
  const hintId = useId();
  return (
    <label
      className={classNames(
        "relative flex min-h-11 cursor-pointer gap-4 has-disabled:cursor-default",
        hint ? "items-start" : "items-center",
      )}
    >
      <span className="min-w-0 flex-1 py-1">
        <span className="block text-sm font-medium">{label}</span>
        {hint && (
          <span id={hintId} className="mt-0.5 block text-sm text-ink-soft text-pretty">
            {hint}
          </span>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        aria-describedby={hint ? hintId : undefined}
        {...rest}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden
        className={classNames(
          hint && "mt-1.5",
          "flex h-5 w-8.5 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors after:size-4 after:rounded-full after:bg-raised after:transition-transform peer-checked:bg-accent peer-checked:after:translate-x-3.5 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent peer-disabled:opacity-60 rtl:peer-checked:after:-translate-x-3.5",
        )}
      />
    </label>
  );
}
