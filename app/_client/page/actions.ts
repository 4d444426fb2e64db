/** What can be done on the page as it is now, by name: the palette lists it, shortcuts run it. */
export type ActionName =
  | "openPalette"
  | "openShortcuts"
  | "newChat"
  | "writeQuestion"
  | "stopAnswer"
  | "regenerate"
  | "copyAnswer"
  | "chooseModel"
  | "previewPrompt"
  | "renameChat"
  | "pinChat"
  | "unpinChat"
  | "archiveChat"
  | "themeSystem"
  | "themeLight"
  | "themeDark"
  | "toggleSideBar"
  | "openCharacters"
  | "openSettings";

export type Actions = Partial<Record<ActionName, () => void>>;

/** Whoever shows something says what can be done with it, and takes that back when it goes. */
export function offerActions(actions: Actions): () => void {
  offers.add(actions);
  return () => {
    offers.delete(actions);
  };
}

/** The newest offer of a name holds. */
export function offeredActions(): Actions {
  return Object.assign({}, ...offers);
}

const offers = new Set<Actions>();
