"use client";

import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type DragEvent, type ReactNode, useRef } from "react";
import { flushSync } from "react-dom";
import { classNames } from "@/app/_ui/class-names";
import { IconButton } from "@/app/_ui/icon-button";
import { Switch } from "@/app/_ui/switch";
import { t } from "@/lib/i18n/prompt-translator";

interface SectionCardProps {
  name: string;
  hint: string;
  isOn: boolean;
  onSwitch(isOn: boolean): void;
  /** Where the card can be moved to; without it it stays where it is. */
  order?: { isFirst: boolean; isLast: boolean; move(by: -1 | 1): void; drag: Dragging };
  children?: ReactNode;
}

export interface Dragging {
  isDragged: boolean;
  isTarget: boolean;
  onDragStart(): void;
  onDragOver(event: DragEvent): void;
  onDrop(event: DragEvent): void;
  onDragEnd(): void;
}

/** One section of the prompt: its text, its place and whether it is sent. */
export function SectionCard({ name, hint, isOn, onSwitch, order, children }: SectionCardProps) {
  const card = useRef<HTMLDivElement>(null);

  /** A card that is put elsewhere in the page loses the focus. */
  function moveBy(by: -1 | 1, button: HTMLElement) {
    flushSync(() => order?.move(by));
    button.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped here can be moved by the buttons too
    <div
      ref={card}
      onDragOver={order?.drag.onDragOver}
      onDrop={order?.drag.onDrop}
      className={classNames(
        "rounded-lg border bg-raised p-3.5 transition-colors sm:p-4",
        order?.drag.isTarget ? "border-accent" : "border-line",
        order?.drag.isDragged && "opacity-50",
      )}
    >
      <div className="flex items-start gap-1">
        {order && (
          <span
            aria-hidden
            draggable
            data-tip={t("prompt.drag")}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", name);
              if (card.current) event.dataTransfer.setDragImage(card.current, 20, 20);
              order.drag.onDragStart();
            }}
            onDragEnd={order.drag.onDragEnd}
            className="-ms-1.5 grid size-9 shrink-0 cursor-grab place-items-center text-ink-faint active:cursor-grabbing max-sm:hidden"
          >
            <GripVertical className="size-4" />
          </span>
        )}
        <div className="min-w-0 flex-1 py-1">
          <h4 className="text-sm font-semibold">{name}</h4>
          <p className="text-sm text-ink-soft text-pretty">{hint}</p>
        </div>
        {order && (
          <>
            <IconButton
              icon={ArrowUp}
              label={t("prompt.up", { name })}
              size="small"
              aria-disabled={order.isFirst}
              className="aria-disabled:opacity-40"
              onClick={(event) => order.isFirst || moveBy(-1, event.currentTarget)}
            />
            <IconButton
              icon={ArrowDown}
              label={t("prompt.down", { name })}
              size="small"
              aria-disabled={order.isLast}
              className="aria-disabled:opacity-40"
              onClick={(event) => order.isLast || moveBy(1, event.currentTarget)}
            />
          </>
        )}
      </div>
      {children && <div className="mt-2.5">{children}</div>}
      <div className="mt-1.5 -mb-2 [&_span:first-child>span]:font-normal [&_span:first-child>span]:text-ink-soft">
        <Switch label={t("prompt.on", { name })} checked={isOn} onChange={onSwitch} />
      </div>
    </div>
  );
}
