import { keyNames } from "@/app/_client/page/shortcuts";
import { classNames } from "@/app/_ui/class-names";
import { Keys } from "@/app/_ui/keys";
import { t } from "@/lib/i18n/panel-translator";
import type { Entry } from "./palette-entries";

interface PaletteOptionProps {
  id: string;
  entry: Entry;
  isActive: boolean;
  onPoint(): void;
  onChoose(): void;
}

export function PaletteOption({ id, entry, isActive, onPoint, onChoose }: PaletteOptionProps) {
  const { icon: Icon, label, keys, isCurrent } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the field names the active option
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      ref={isActive ? scrollIntoView : undefined}
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={isActive ? undefined : onPoint}
      onClick={onChoose}
      className={classNames(
        "flex min-h-10 cursor-default select-none items-center gap-3 rounded-md px-2.5 text-sm pointer-coarse:min-h-11",
        isActive && "bg-hover",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span dir="auto" className="min-w-0 flex-1 truncate text-start">
        {label}
      </span>
      {isCurrent && <span className="shrink-0 text-xs text-ink-faint">{t("palette.here")}</span>}
      {keys && (
        <span className="pointer-coarse:hidden">
          <Keys names={keyNames(keys)} />
        </span>
      )}
    </div>
  );
}

function scrollIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: "nearest" });
}
