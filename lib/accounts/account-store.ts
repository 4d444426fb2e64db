export interface StoredAccount {
  name: string;
  email: string;
  isGuest: boolean;
  finishAnswers: boolean;
  createdAt: Date;
  /** Those in the archive count, those in the trash do not. */
  chatCount: number;
}

export interface StoredDevice {
  sessionId: string;
  userAgent: string | null;
  address: string | null;
  usedAt: Date;
  signedInAt: Date;
}

/** What an account is made of beside its chats. */
export interface AccountStore {
  get(userId: string): Promise<StoredAccount | null>;

  /** Sessions that are still good, the latest used first. */
  listDevices(userId: string): Promise<StoredDevice[]>;
  /** `false` when it is not one of the person's. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  /** All but this one. Gives how many there were. */
  endOtherSessions(userId: string, sessionId: string): Promise<number>;

  /**
   * Moves all chats to the trash and tells the person's other pages; whatever is being written in them is to
   * stop. `writers` are the processes that write it. All of them are in the trash from the same moment on, at which
   * no other chat of the person was put there before.
   */
  trashChats(userId: string): Promise<{ chatCount: number; trashedAt: Date | null; writers: string[] }>;
  /** Takes those out of the trash that are there from that moment on. Gives how many there were. */
  untrashChats(userId: string, trashedAt: Date): Promise<number>;

  /** The answers that are being written for the person. */
  listWriting(userId: string): Promise<{ chatId: string; generationId: string }[]>;
  /** Removes the person with every row that is theirs, in one transaction. Whoever still writes for them is fenced. */
  erase(userId: string): Promise<void>;
}
