"use client";

import { useId } from "react";

interface TextAreaProps {
  label: string;
  /** Named by what stands above it; the label is for screen readers only. */
  isLabelHidden?: boolean;
  hint?: string;
  value: string;
  rows?: number;
  lengthMax: number;
  onChange(text: string): void;
}

export function TextArea({
  label,
  isLabelHidden = false,
  hint,
  value,
  rows = 3,
  lengthMax,
  onChange,
}: TextAreaProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "mb-1.5 block text-sm font-medium"}>
        {label}
      </label>
      <textarea
        id={id}
        value={value}
        rows={rows}
        maxLength={lengthMax}
        dir="auto"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="block max-h-96 w-full rounded-md border border-line-strong bg-raised px-3.5 py-2.5 text-base text-ink outline-offset-0 [field-sizing:content]"
        style={{ minHeight: `calc(${rows} * 1.5em + 1.35rem)` }}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-ink-faint text-pretty">
          {hint}
        </p>
      )}
    </div>
  );
}
