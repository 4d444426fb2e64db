"use client";

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { Switch } from "@/app/_ui/switch";
import { showToast } from "@/app/_ui/toasts";
import type { Lorebook, LoreEntry } from "@/lib/characters/card";
import type { CardCheck } from "@/lib/characters/card-check";
import { t } from "@/lib/i18n/characters-translator";
import type { LoreNote } from "@/lib/prompts/lore-report";
import { LoreEntryFields } from "./lore-entry-fields";
import { LorebookFiles } from "./lorebook-files";
import { NumberField } from "./number-field";
import { tokensText } from "./tokens-text";
import { withField } from "./with-field";

interface LorebookEditorProps {
  book: Lorebook | null;
  check: CardCheck | null;
  onChange(book: Lorebook): void;
}

const emptyBook: Lorebook = { extensions: {}, entries: [] };
const noNotes: LoreNote[] = [];
const shownStep = 50;

export default function LorebookEditor({ book, check, onChange }: LorebookEditorProps) {
  const { entries } = book ?? emptyBook;
  // Entries have no names of their own that could be relied on.
  const [keys, setKeys] = useState(() => entries.map((_, index) => index));
  const [nextKey, setNextKey] = useState(entries.length);
  const [opened, setOpened] = useState<number | null>(null);
  const [shown, setShown] = useState(shownStep);
  const list = useRef<HTMLOListElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const changeBook = (change: Partial<Lorebook>) => onChange({ ...(book ?? emptyBook), ...change });

  /** To the entry in this place, or the one before it. */
  const focusToEntry = (index: number) =>
    handOnFocus(() => {
      const entry = list.current?.children[Math.min(index, list.current.children.length - 1)];
      (entry?.querySelector("summary") ?? addButton.current)?.focus();
    });

  function insert(index: number, entry: LoreEntry, key: number) {
    setKeys((now) => now.toSpliced(index, 0, key));
    changeBook({ entries: entries.toSpliced(index, 0, entry) });
  }

  function add() {
    const order = Math.max(0, ...entries.map(({ insertion_order }) => insertion_order)) + 1;
    insert(
      entries.length,
      { keys: [], content: "", extensions: {}, enabled: true, insertion_order: order, use_regex: false },
      nextKey,
    );
    setOpened(nextKey);
    setNextKey(nextKey + 1);
    setShown(Math.max(shown, entries.length + 1));
  }

  /** After what is there; what the book says of itself is taken where there was none. */
  function addAll(imported: Lorebook) {
    setKeys((now) => [...now, ...imported.entries.map((_, index) => nextKey + index)]);
    setNextKey(nextKey + imported.entries.length);
    onChange(book && entries.length > 0 ? { ...book, entries: [...entries, ...imported.entries] } : imported);
    showToast(t("lore.imported", { count: imported.entries.length }));
  }

  function remove(index: number) {
    setKeys((now) => now.toSpliced(index, 1));
    changeBook({ entries: entries.toSpliced(index, 1) });
    showToast(t("lore.removed"));
  }

  return (
    <>
      {entries.length === 0 ? (
        <p className="text-sm text-ink-faint">{t("lore.none")}</p>
      ) : (
        <ol ref={list} className="grid grid-cols-1 gap-2">
          {entries.slice(0, shown).map((entry, index) => (
            <li key={keys[index]} ref={focusToEntry(index)} className="min-w-0">
              <LoreEntryFields
                entry={entry}
                number={index + 1}
                startsOpen={keys[index] === opened}
                tokens={tokensText(check, check?.loreEntries[index])}
                notes={check?.notes.filter((note) => note.entry === index) ?? noNotes}
                onChange={(changed) => changeBook({ entries: entries.with(index, changed) })}
                onRemove={() => remove(index)}
              />
            </li>
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="small" ref={addButton} onClick={add}>
          <Plus aria-hidden className="size-4" />
          {t("lore.add")}
        </Button>
        {entries.length > shown && (
          <Button
            size="small"
            look="quiet"
            ref={focusToEntry(shown)}
            onClick={() => setShown(shown + shownStep)}
          >
            {t("lore.more", { count: Math.min(shownStep, entries.length - shown) })}
          </Button>
        )}
        <LorebookFiles book={book} onImported={addAll} />
      </div>
      {book && entries.length > 0 && (
        <div className="grid gap-5 sm:grid-cols-2">
          <NumberField
            label={t("lore.scanDepth")}
            value={book.scan_depth}
            onChange={(value) => onChange(withField(book, "scan_depth", value))}
          />
          <NumberField
            label={t("lore.tokenBudget")}
            value={book.token_budget}
            onChange={(value) => onChange(withField(book, "token_budget", value))}
          />
          <Switch
            label={t("lore.recursive")}
            checked={book.recursive_scanning === true}
            onChange={(isOn) => changeBook({ recursive_scanning: isOn })}
          />
        </div>
      )}
    </>
  );
}
