"use client";

import { useEffect, useRef, useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { sendFile } from "@/app/_client/send-file";
import { problemText } from "@/app/(chat)/characters/problem-text";
import { changeCharacter, getCharacter, removeAvatar, setAvatar } from "@/lib/api/characters";
import type { CardData } from "@/lib/characters/card";
import type { Character } from "@/lib/characters/character";
import { type CharacterDraft, characterDrafts } from "./character-drafts";

type Progress =
  | { state: "idle" }
  | { state: "pending" }
  | { state: "saved" }
  /** Somebody else has saved meanwhile. */
  | { state: "conflict"; version: number }
  | { state: "failed"; text: string };

const keptAfterMs = 300;

/** The character as it is stored, what was changed since, and how the two come together. */
export function useEditor(character: Character) {
  const { id } = character;
  const [stored, setStored] = useState(character);
  const [kept] = useState(() => characterDrafts.read(id));
  const [draft, setDraft] = useState(kept);
  const [isRestored, setRestored] = useState(kept !== null);
  const [progress, setProgress] = useState<Progress>({ state: "idle" });
  /** Fields that hold a text of their own begin anew with each. */
  const [generation, setGeneration] = useState(0);
  const keeper = useDraftKeeper(id);
  /** For what goes on being typed while the server is asked. */
  const newest = useRef(draft);
  const shown = draft ?? draftOf(stored);

  function change(changed: Partial<Omit<CharacterDraft, "version">>) {
    put({ ...shown, ...changed });
    setProgress((now) => (now.state === "saved" || now.state === "failed" ? { state: "idle" } : now));
  }

  function put(next: CharacterDraft | null) {
    newest.current = next;
    setDraft(next);
    if (next) keeper.keep(next);
    else keeper.forget();
  }

  /** What was typed since `taken` stays a change, of the version that there is now. */
  function settle(character: Character, taken = newest.current) {
    const typed = newest.current === taken ? null : newest.current;
    setStored(character);
    setRestored(false);
    put(typed && { ...typed, version: character.version });
  }

  async function save(version = shown.version) {
    if (progress.state === "pending" || draft === null) return;
    setProgress({ state: "pending" });
    const { card, model, profileId } = draft;
    try {
      settle(
        await api(changeCharacter, {
          params: { characterId: id },
          body: { version, card, model, profileId },
        }),
        draft,
      );
      setProgress({ state: newest.current ? "idle" : "saved" });
    } catch (cause) {
      setProgress(progressAfter(cause));
    }
  }

  async function discard() {
    setProgress({ state: "pending" });
    try {
      settle(await api(getCharacter, { params: { characterId: id } }));
      setGeneration((count) => count + 1);
      setProgress({ state: "idle" });
    } catch (cause) {
      setProgress(progressAfter(cause));
    }
  }

  /** A picture is stored at once; the changes around it stay changes, of the version that it makes. */
  async function changePicture(file: Blob | null) {
    const params = { characterId: id };
    const query = { version: stored.version };
    const changed = file
      ? await sendFile(setAvatar, file, { params, query })
      : await api(removeAvatar, { params, query });
    setStored(changed);
    if (newest.current?.version === stored.version) put({ ...newest.current, version: changed.version });
  }

  return {
    stored,
    draft: shown,
    isChanged: draft !== null,
    isRestored,
    generation,
    progress,
    change,
    changeData: (data: Partial<CardData>) =>
      change({ card: { ...shown.card, data: { ...shown.card.data, ...data } } }),
    changePicture,
    save,
    discard,
  };
}

export type EditorState = ReturnType<typeof useEditor>;

function draftOf({ version, card, model, profileId }: Character): CharacterDraft {
  return { version, card, model, profileId };
}

function progressAfter(cause: unknown): Progress {
  const { error } = toFailure(cause);
  const version = error.details?.version;
  if (error.type === "conflict" && typeof version === "number") return { state: "conflict", version };
  return { state: "failed", text: problemText(error) };
}

/** Writes a moment after the last change, and before the page goes. */
function useDraftKeeper(characterId: string) {
  const waiting = useRef<{ draft: CharacterDraft; timer: ReturnType<typeof setTimeout> }>(undefined);

  function flush() {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    characterDrafts.write(characterId, waiting.current.draft);
    waiting.current = undefined;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks at what is waiting then
  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, []);

  return {
    keep(draft: CharacterDraft) {
      clearTimeout(waiting.current?.timer);
      waiting.current = { draft, timer: setTimeout(flush, keptAfterMs) };
    },
    forget() {
      clearTimeout(waiting.current?.timer);
      waiting.current = undefined;
      characterDrafts.write(characterId, null);
    },
  };
}
