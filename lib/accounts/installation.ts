/** Whose installation this is: the first account that is not a guest's, decided once. */
export interface Installation {
  isClaimed(): Promise<boolean>;
  isAdministrator(userId: string): Promise<boolean>;

  /**
   * Makes this account the administrator if nobody is yet. Of many that claim at the same
   * moment exactly one gets `true`. Always `false` for a guest.
   */
  claim(userId: string): Promise<boolean>;
}
