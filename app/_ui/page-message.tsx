import type { ReactNode } from "react";
import { Mark } from "./mark";

/** A page that has one thing to say. */
export function PageMessage({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="grid h-full min-h-[60dvh] place-items-center px-6 py-10">
      <div className="max-w-96 text-center">
        <Mark className="mx-auto mb-5 size-8 text-accent" />
        <h1 className="font-display text-xl font-medium tracking-tight">{title}</h1>
        <p className="mt-2 text-ink-soft text-pretty">{text}</p>
        {children && <div className="mt-6 flex flex-wrap justify-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
