"use client";

import { useCallback, useState } from "react";

/** For a `<details>` that draws what is in it only while it is open; it may have been opened before the scripts were there. */
export function useDisclosure(isOpenAtFirst = false) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const ref = useCallback((element: HTMLDetailsElement | null) => {
    if (!element) return;
    const learn = () => setOpen(element.open);
    learn();
    element.addEventListener("toggle", learn);
    return () => element.removeEventListener("toggle", learn);
  }, []);
  return { isOpen, details: { ref, open: isOpen } };
}
