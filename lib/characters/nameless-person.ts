/** What the person is called where no profile says so. */
export const namelessPerson = "User";
