"use client";

import { type ToggleEvent, useEffect, useRef, useState } from "react";

/** For a `<details>` that draws what is in it only while it is open; the first may be opened before the scripts are there. */
export function useDisclosure(isOpenAtFirst = false) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (ref.current?.open) setOpen(true);
  }, []);
  const onToggle = (event: ToggleEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open);
  return { isOpen, details: { ref, open: isOpen, onToggle } };
}
