/**
 * Stands in for `zod/v4` and its parts where the AI SDK imports them (see next.config.ts), in the browser.
 * The SDK describes prompts, stored messages and its own transport with them; what this page receives it
 * reads by our own descriptions. None of the SDK's is ever asked: 20 kB of definitions of definitions.
 */
const described: unknown = new Proxy(function describe() {}, {
  get: (_, name) => (name === "then" || typeof name === "symbol" ? undefined : described),
  apply: () => described,
});

function neverAsked(): never {
  throw new Error("The AI SDK's schemas are left out of the browser: see next.config.ts");
}

export default described;
export {
  described as array,
  described as boolean,
  described as config,
  described as custom,
  described as discriminatedUnion,
  described as enum,
  described as extend,
  described as instanceof,
  described as int,
  described as lazy,
  described as literal,
  described as looseObject,
  described as maximum,
  described as minLength,
  described as NEVER,
  described as never,
  described as nonnegative,
  described as null,
  described as number,
  described as object,
  described as optional,
  described as pipe,
  described as positive,
  described as record,
  described as refine,
  described as startsWith,
  described as string,
  described as transform,
  described as union,
  described as unknown,
  neverAsked as safeParse,
  neverAsked as safeParseAsync,
  neverAsked as toJSONSchema,
};
