"use client";

import { useState } from "react";
import { Field } from "@/app/_ui/field";

interface NumberFieldProps {
  label: string;
  hint?: string;
  /** As the card has it, whatever that is. */
  value: unknown;
  min?: number;
  onChange(value: number | undefined): void;
}

/** What is no number while it is typed changes nothing; an empty field is no number given. */
export function NumberField({ label, hint, value, min = 0, onChange }: NumberFieldProps) {
  const [text, setText] = useState(() => (typeof value === "number" ? String(value) : ""));
  return (
    <Field
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      step="any"
      min={min}
      value={text}
      autoComplete="off"
      onChange={(event) => {
        const { value: typed, valueAsNumber } = event.currentTarget;
        setText(typed);
        if (typed === "") onChange(undefined);
        else if (Number.isFinite(valueAsNumber)) onChange(valueAsNumber);
      }}
    />
  );
}
