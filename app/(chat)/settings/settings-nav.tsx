"use client";

import {
  Boxes,
  ChartColumn,
  Database,
  Drama,
  Keyboard,
  KeyRound,
  type LucideIcon,
  MessagesSquare,
  ScrollText,
  SunMoon,
  UserRound,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type SettingsMessageKey, t } from "@/lib/i18n/settings-translator";

/** Beside the section in wide windows, above it in narrow ones, where it scrolls sideways. */
export function SettingsNav() {
  const pathname = usePathname();
  return (
    <nav
      aria-label={t("settings.sections")}
      className="flex shrink-0 gap-0.5 overflow-auto px-5 pb-2 max-md:[mask-image:linear-gradient(to_right,transparent,black_1.25rem,black_calc(100%-1.25rem),transparent)] max-md:[scrollbar-width:none] md:w-46 md:flex-col md:gap-1 md:px-1 md:pt-0.5 md:scroll-pb-[calc(1rem+env(safe-area-inset-bottom))] md:pb-[calc(1rem+env(safe-area-inset-bottom))]"
    >
      {sections.map(({ path, icon: Icon, name }) => (
        <Link
          key={path}
          href={path}
          replace
          aria-current={pathname === path ? "page" : undefined}
          ref={pathname === path ? showInRow : undefined}
          className="touch-target flex h-9 shrink-0 items-center gap-2.5 rounded-md px-2 text-sm md:px-2.5 text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
        >
          <Icon aria-hidden className="size-4 shrink-0 max-md:hidden" strokeWidth={1.85} />
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}

function showInRow(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "center" });
}

const sections: readonly { path: string; icon: LucideIcon; name: SettingsMessageKey }[] = [
  { path: "/settings/account", icon: UserRound, name: "settings.account" },
  { path: "/settings/appearance", icon: SunMoon, name: "settings.appearance" },
  { path: "/settings/chats", icon: MessagesSquare, name: "settings.chats" },
  { path: "/settings/models", icon: Boxes, name: "settings.models" },
  { path: "/settings/keys", icon: KeyRound, name: "settings.providerKeys" },
  { path: "/settings/prompt", icon: ScrollText, name: "settings.prompt" },
  { path: "/settings/profiles", icon: Drama, name: "settings.profiles" },
  { path: "/settings/usage", icon: ChartColumn, name: "settings.usage" },
  { path: "/settings/shortcuts", icon: Keyboard, name: "settings.shortcuts" },
  { path: "/settings/data", icon: Database, name: "settings.data" },
];
