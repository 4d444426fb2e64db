export interface StoredProfile {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface ProfileChange {
  name?: string;
  description?: string;
  /** Of a person's profiles at most one is the default: the former one ceases to be. */
  isDefault?: boolean;
}

export interface NewProfile extends ProfileChange {
  id: string;
  name: string;
}

/** Every method sees the person's own profiles only: somebody else's does not exist. */
export interface ProfileStore {
  /** All of them, by name. */
  list(userId: string): Promise<StoredProfile[]>;
  /** The first of several is the default unless told otherwise. Throws `too_large` beyond `countMax`. */
  create(userId: string, profile: NewProfile, countMax: number): Promise<StoredProfile>;
  change(userId: string, profileId: string, change: ProfileChange): Promise<StoredProfile | null>;
  /** Chats and characters that used it have none afterwards. Gives whether there was one. */
  remove(userId: string, profileId: string): Promise<boolean>;
}
