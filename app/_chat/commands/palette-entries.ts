import type { LucideIcon } from "lucide-react";
import {
  Archive,
  ArrowDownToLine,
  Copy,
  Cpu,
  Drama,
  Keyboard,
  MessageSquare,
  Monitor,
  Moon,
  PanelLeft,
  Pencil,
  Pin,
  PinOff,
  RefreshCw,
  ScrollText,
  Search,
  Settings,
  Square,
  SquarePen,
  Sun,
} from "lucide-react";
import { fuzzyScore } from "@/app/_client/fuzzy";
import type { ActionName, Actions } from "@/app/_client/page/actions";
import { type ShortcutName, shortcuts } from "@/app/_client/page/shortcuts";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/panel-translator";

export interface Entry {
  id: string;
  label: string;
  icon: LucideIcon;
  /** The keys that do the same. */
  keys: string | null;
  isCurrent: boolean;
  run(): void;
}

export interface EntryGroup {
  name: string;
  entries: Entry[];
}

interface Sources {
  query: string;
  /** The most recently used first. */
  chats: readonly Chat[];
  /** What the server found, which may know more chats than are loaded. */
  found: readonly Chat[];
  currentId: string | null;
  actions: Actions;
  openChat(chatId: string): void;
}

/** What the palette lists: without a query the latest chats and all that can be done here, else what suits it best. */
export function paletteEntries({ query, chats, found, currentId, actions, openChat }: Sources): EntryGroup[] {
  const isSearch = query.trim() !== "";
  const known = new Map([...chats, ...found].map((chat) => [chat.id, chat]));
  const candidates = [...known.values()].map((chat) => entryOf(chat, currentId, openChat));
  const commands = order.flatMap((name) => commandOf(name, actions[name]) ?? []);
  const isFound = new Set(found.map(({ id }) => id));
  const ranked = rank(candidates, query, (entry) => (isFound.has(entry.id) ? serverScore : 0));
  const groups = [
    {
      name: t(isSearch ? "palette.chats" : "palette.recent"),
      entries: isSearch
        ? ranked.slice(0, chatsMax)
        : candidates.filter(({ isCurrent }) => !isCurrent).slice(0, recentMax),
      best: bestOf(candidates, query),
    },
    { name: t("palette.actions"), entries: rank(commands, query), best: bestOf(commands, query) },
  ];
  return groups
    .filter(({ entries }) => entries.length > 0)
    .sort((a, b) => (isSearch ? b.best - a.best : 0))
    .map(({ name, entries }) => ({ name, entries }));
}

const recentMax = 6;
const chatsMax = 30;

/** The server looks for the letters as they stand, so that all of its chats suit. */
const serverScore = 0.5;

function rank(entries: Entry[], query: string, least: (entry: Entry) => number = () => 0): Entry[] {
  return entries
    .map((entry) => ({ entry, score: Math.max(least(entry), fuzzyScore(entry.label, query)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function bestOf(entries: Entry[], query: string): number {
  return Math.max(0, ...entries.map(({ label }) => fuzzyScore(label, query)));
}

function entryOf(chat: Chat, currentId: string | null, openChat: Sources["openChat"]): Entry {
  return {
    id: chat.id,
    label: chat.title ?? t("chat.untitled"),
    icon: MessageSquare,
    keys: null,
    isCurrent: chat.id === currentId,
    run: () => openChat(chat.id),
  };
}

function commandOf(name: keyof typeof icons, run: (() => void) | undefined): Entry | null {
  if (!run) return null;
  return {
    id: name,
    label: t(`command.${name}`),
    icon: icons[name],
    keys: keysOf(name),
    isCurrent: false,
    run,
  };
}

function keysOf(name: ActionName): string | null {
  return isShortcut(name) ? shortcuts[name].keys[0] : null;
}

function isShortcut(name: string): name is ShortcutName {
  return name in shortcuts;
}

const order = [
  "newChat",
  "stopAnswer",
  "copyAnswer",
  "regenerate",
  "chooseModel",
  "previewPrompt",
  "renameChat",
  "pinChat",
  "unpinChat",
  "archiveChat",
  "writeQuestion",
  "toggleSideBar",
  "themeSystem",
  "themeLight",
  "themeDark",
  "openCharacters",
  "openSettings",
  "openShortcuts",
] as const satisfies readonly ActionName[];

const icons = {
  newChat: SquarePen,
  stopAnswer: Square,
  copyAnswer: Copy,
  regenerate: RefreshCw,
  chooseModel: Cpu,
  previewPrompt: ScrollText,
  renameChat: Pencil,
  pinChat: Pin,
  unpinChat: PinOff,
  archiveChat: Archive,
  writeQuestion: ArrowDownToLine,
  toggleSideBar: PanelLeft,
  themeSystem: Monitor,
  themeLight: Sun,
  themeDark: Moon,
  openCharacters: Drama,
  openSettings: Settings,
  openShortcuts: Keyboard,
  openPalette: Search,
} satisfies Record<ActionName, LucideIcon>;
