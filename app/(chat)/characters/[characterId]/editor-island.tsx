"use client";

import { useSyncExternalStore } from "react";
import CharactersLoading from "@/app/(chat)/characters/loading";
import type { Character } from "@/lib/characters/character";
import type { Profile } from "@/lib/profiles/profile";
import { Editor } from "./editor";

/** What was not saved is in the browser alone: drawn on the server, the fields would change under the first keys. */
export function EditorIsland(props: { character: Character; profiles: readonly Profile[] }) {
  const isInBrowser = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  return isInBrowser ? <Editor {...props} /> : <CharactersLoading />;
}

function subscribe(): () => void {
  return () => {};
}
