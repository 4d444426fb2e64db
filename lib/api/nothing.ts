import { z } from "zod";

/** For operations that take no parameters, no query or no body. */
export const nothing = z.object({});
