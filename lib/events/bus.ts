/**
 * Wakes those who wait, in this process and in others. Nothing is carried and nothing is promised:
 * a wake-up may be lost, come twice or come for nothing, so whoever is woken looks at the
 * database, and looks now and then without being woken.
 */
export interface Bus {
  publish(topic: Topic): void;
  /** Gives the function that ends the subscription. `wake` does not throw. */
  subscribe(topic: Topic, wake: () => void): () => void;
  /** Whether wake-ups of other processes arrive, for the readiness check. */
  check(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * `generation`: chunks were added, or it has ended. `user`: something has happened in the person's
 * chats. `writer`: an answer that this process writes is to stop. `handed-over`: a process that ends
 * has given its answers up, for any other to go on with. `settings`: what a person has set, or the
 * installation (`settings:installation`). `keys`: the same for provider keys.
 */
export type Topic =
  | `generation:${string}`
  | `user:${string}`
  | `writer:${string}`
  | `settings:${string}`
  | `keys:${string}`
  | "handed-over";
