"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import type { OpenMenu } from "./menu-button";

interface MenuProps extends OpenMenu {
  label: string;
  side?: "top" | "bottom";
  align?: "start" | "end";
  children: ReactNode;
}

/** Loaded on demand through `MenuButton`; mounted means open. Inside a modal dialog it stays inside: outside all is inert. */
export function Menu({ anchor, close, label, side = "bottom", align = "start", children }: MenuProps) {
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Base.Portal container={anchor.current?.closest("dialog") ?? undefined}>
        <Base.Positioner
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={6}
          className="z-30 outline-none"
        >
          <Base.Popup
            aria-label={label}
            finalFocus={anchor}
            className="max-h-(--available-height) min-w-48 max-w-80 animate-appear overflow-y-auto rounded-lg bg-raised p-1.5 text-sm shadow-popover outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  tone?: "plain" | "danger";
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, tone = "plain", onSelect, children }: MenuItemProps) {
  return (
    <Base.Item className={classNames(itemClass, tone === "danger" && "text-danger")} onClick={onSelect}>
      <Icon aria-hidden className="size-4 shrink-0 opacity-80" />
      {children}
    </Base.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon: LucideIcon }[];
  onChoose(value: Value): void;
}

export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
      <div aria-hidden className="px-2.5 pt-1.5 pb-1 text-xs text-ink-faint">
        {label}
      </div>
      {options.map(({ value: option, label: name, icon: Icon }) => (
        <Base.RadioItem key={option} value={option} closeOnClick={false} className={itemClass}>
          <Icon aria-hidden className="size-4 shrink-0 opacity-80" />
          {name}
          <Base.RadioItemIndicator className="ml-auto">
            <Check aria-hidden className="size-4 text-accent" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

/** Items that belong together, with what is to be known before one of them is chosen. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-ink-faint text-pretty">
        {label}
      </Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-2.5 my-1.5 h-px bg-line" />;
}

const itemClass =
  "flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-hover pointer-coarse:min-h-11";
