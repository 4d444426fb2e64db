import { z } from "zod";
import { statedPricesSchema } from "./stated-price";

/** Where a key for it may be sent, and questions: as it is given, without a slash at the end. */
export const endpointUrlSchema = z
  .string()
  .trim()
  .max(2_000)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
      context.addIssue({ code: "custom", message: "must be an http or https URL" });
      return z.NEVER;
    }
    if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
      context.addIssue({ code: "custom", message: "must have neither credentials nor a query" });
      return z.NEVER;
    }
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  });

export const endpointFieldsSchema = z.object({
  name: z.string().trim().min(1).max(80),
  baseUrl: endpointUrlSchema,
  /** Models named by hand; where it is empty the server is asked for its list. */
  models: z.array(z.string().trim().min(1).max(150)).max(200),
  prices: statedPricesSchema,
});

export type EndpointFields = z.infer<typeof endpointFieldsSchema>;

/** An OpenAI-compatible server that a person, or the administrator for everybody, has added. */
export interface Endpoint extends EndpointFields {
  id: string;
  /** `null` for the installation's. */
  userId: string | null;
  /** What its key is recognised by, of whoever owns the endpoint; `null` without one. */
  maskedKey: string | null;
  createdAt: Date;
}

/** Stands before the ids of its models. */
export function endpointPrefix({ id }: Pick<Endpoint, "id">): string {
  return `${id}/`;
}
