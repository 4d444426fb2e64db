"use client";

import { useState } from "react";
import { Field } from "@/app/_ui/field";
import { TextArea } from "@/app/_ui/text-area";

interface ListFieldProps {
  label: string;
  hint?: string;
  separator: "," | "\n";
  values: readonly string[];
  onChange(values: string[]): void;
}

/** Several texts written as one. What is typed stays as it is typed; the list is what it comes to. */
export function ListField({ label, hint, separator, values, onChange }: ListFieldProps) {
  const [text, setText] = useState(() => values.join(separator === "," ? ", " : "\n"));

  function change(typed: string) {
    setText(typed);
    onChange(typed.split(separator).flatMap((value) => value.trim() || []));
  }

  const shared = { label, hint, value: text, autoComplete: "off", spellCheck: false };
  return separator === "," ? (
    <Field {...shared} dir="auto" onChange={(event) => change(event.currentTarget.value)} />
  ) : (
    <TextArea {...shared} rows={2} onChange={(event) => change(event.currentTarget.value)} />
  );
}
