import { ChevronDown } from "lucide-react";
import { type ComponentProps, useId } from "react";

interface SelectProps extends Omit<ComponentProps<"select">, "onChange"> {
  label: string;
  options: readonly { value: string; label: string; lang?: string }[];
  onChoose?(value: string): void;
}

/** The browser's own list: on phones it is the system's. */
export function Select({ label, options, onChoose, className, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          {...rest}
          onChange={onChoose && ((event) => onChoose(event.currentTarget.value))}
          className="h-11 w-full appearance-none truncate rounded-md border border-line-strong bg-raised ps-3.5 pe-10 text-base text-ink"
        >
          {options.map(({ value, label: name, lang }) => (
            <option key={value} value={value} lang={lang}>
              {name}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-3.5 my-auto size-4 text-ink-faint"
        />
      </div>
    </div>
  );
}
