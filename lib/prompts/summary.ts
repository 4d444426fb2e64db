/** What stands for the messages of a branch from its beginning through one of them. */
export interface Summary {
  throughMessageId: string;
  text: string;
  /** Of the messages that it stands for: other words have another one. */
  sourceDigest: string;
  /** Whether the person has put it into their own words: then it is only replaced by a longer one. */
  isEdited: boolean;
}
