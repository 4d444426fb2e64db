/** The versions of the card specification that can be written. */
export const cardVersions = ["v1", "v2", "v3"] as const;

export type CardVersion = (typeof cardVersions)[number];
