import { useId } from "react";
import { classNames } from "./class-names";

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChoose(value: Value): void;
}

/** One of a few, side by side: radio buttons, so that the arrows choose. */
export function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-md bg-sunken p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              "relative flex min-h-8 cursor-pointer items-center justify-center rounded-sm px-3 text-center text-sm transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-11",
              option.value === value ? "bg-raised font-medium shadow-raised" : "text-ink-soft hover:text-ink",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
