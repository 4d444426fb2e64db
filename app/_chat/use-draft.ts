"use client";

import { useRef, useState } from "react";
import { drafts } from "@/app/_client/drafts";

/** Fills the field with the draft of its chat, and keeps what is typed there. The field is uncontrolled. */
export function useDraft(place: () => string) {
  const [isEmpty, setEmpty] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function save(text: string) {
    setEmpty(text.trim() === "");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => drafts.write(place(), text), saveDelayMs);
  }

  const [attach] = useState(() => (field: HTMLTextAreaElement | null) => {
    if (!field) return;
    if (field.value === "") field.value = drafts.read(place());
    setEmpty(field.value.trim() === "");
    if (window.matchMedia("(pointer: fine)").matches) field.focus();
    const flush = () => {
      clearTimeout(timer.current);
      drafts.write(place(), field.value);
    };
    const forget = drafts.onGivenBack((from, text) => {
      if (from !== place()) return;
      field.value = [text, field.value].filter((part) => part.trim() !== "").join("\n\n");
      setEmpty(false);
      flush();
      field.focus();
    });
    window.addEventListener("pagehide", flush);
    return () => {
      forget();
      window.removeEventListener("pagehide", flush);
      flush();
    };
  });

  return { attach, isEmpty, save };
}

/** Writing a megabyte on every key would be felt. */
const saveDelayMs = 300;
