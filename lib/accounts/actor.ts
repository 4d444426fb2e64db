export const roles = ["administrator", "member"] as const;

export type Role = (typeof roles)[number];

/** Who is asking. Every use case that touches somebody's data takes one. */
export interface Actor {
  userId: string;
  isGuest: boolean;
  isAdministrator: boolean;
}

/** A guest is never the administrator, whatever the stored role says. */
export function actorOf(user: { id: string; isGuest: boolean; role: Role }): Actor {
  return {
    userId: user.id,
    isGuest: user.isGuest,
    isAdministrator: user.role === "administrator" && !user.isGuest,
  };
}
