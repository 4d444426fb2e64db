export interface ModelName {
  id: string;
  name: string;
}

export type ChosenModel = ReturnType<typeof createChosenModel>;

/** Which model answers in a chat, and which one its next question alone; `null` is the default, whichever that is. */
export function createChosenModel(stored: string | null) {
  const listeners = new Set<() => void>();
  const names = new Map<string, string>();
  let ofChat = stored;
  let once: string | null = null;
  let byDefault: string | null = null;
  let takenUp: string | null = null;

  function become(nextOfChat: string | null, nextOnce: string | null): void {
    if (nextOfChat === ofChat && nextOnce === once) return;
    ofChat = nextOfChat;
    once = nextOnce;
    tell();
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    ofChat: (): string | null => ofChat,
    once: (): string | null => once,
    /** The same as the server draws it, which knows nothing of what was kept here. */
    drawn: (): string | null => once ?? (ofChat === takenUp ? stored : ofChat),
    next: (): string | null => once ?? ofChat,
    /** The default by its name, as far as it is known: what is asked later may find another. */
    nextByName: (): string | null => once ?? ofChat ?? byDefault,
    nameOf: (id: string): string => names.get(id) ?? unlistedName(id),

    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** What models are called, for those that are named by their id alone. */
    learn(models: readonly ModelName[]): void {
      const news = models.filter(({ id, name }) => names.get(id) !== name);
      for (const { id, name } of news) names.set(id, name);
      if (news.length > 0) tell();
    },

    choose({ id, name }: ModelName): void {
      names.set(id, name);
      become(id, null);
    },

    /** What was chosen before this page was loaded, and kept in the browser. */
    takeUp({ id, name }: ModelName): void {
      takenUp = id;
      names.set(id, name);
      become(id, null);
    },

    chooseOnce({ id, name }: ModelName): void {
      names.set(id, name);
      become(ofChat, id);
    },

    /** What the server says, or said before. */
    adopt: (id: string | null): void => become(id, once),
    forgetOnce: (): void => become(ofChat, null),
    learnDefault(id: string): void {
      byDefault = id;
    },
  };
}

/** Of a model that is not listed, what its endpoint called it says more than where it is. */
export function unlistedName(id: string): string {
  return id.replace(/^ep_[\w-]+\//, "");
}
