/** A server that answers `POST /api/chat`, and where its costs are to be read. */
export interface Target {
  name: string;
  url: URL;
  /** The root of its processes; `null` where it cannot be told. */
  pid: number | null;
  stop(): Promise<void>;
}
