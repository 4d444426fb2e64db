/**
 * Stands in for zod in the browser (see next.config.ts): reads the same descriptions in a twentieth of the code.
 * It decides shapes: which fields there are and of which types, with zod's defaults and without the fields that
 * nobody named. Bounds and formats of what the server answers are checked where it answers; here they pass,
 * as does every kind of description that is not below.
 */
type Read = (value: unknown) => unknown;
type Shape = Readonly<Record<string, Schema>>;

interface Schema {
  parse: Read;
  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: unknown };
  shape?: Shape;
}

class Mismatch extends Error {}

function fail(): never {
  throw new Mismatch("Not of the described shape");
}

/** Methods that are not given leave a schema as it is. */
function schema(parse: Read, methods: Record<string, unknown> = {}): Schema {
  const own: Schema & Record<string, unknown> = {
    parse,
    safeParse(value: unknown) {
      try {
        return { success: true, data: parse(value) };
      } catch (error) {
        return { success: false, error };
      }
    },
    optional: () => schema((value) => (value === undefined ? undefined : parse(value))),
    nullable: () => schema((value) => (value === null ? null : parse(value))),
    nullish: () => schema((value) => (value === null || value === undefined ? value : parse(value))),
    default: (initial: unknown) => schema((value) => (value === undefined ? initial : parse(value))),
    transform: (change: Read) => schema((value) => change(parse(value))),
    refine: (holds: (value: unknown) => boolean) =>
      schema((value) => {
        const read = parse(value);
        return holds(read) ? read : fail();
      }),
    array: () => array(self),
    ...methods,
  };
  const self: Schema = new Proxy(own, {
    get: (target, name) =>
      name in target || typeof name === "symbol" || name === "then" ? Reflect.get(target, name) : () => self,
  });
  return self;
}

function ofType(type: string): () => Schema {
  return () => schema((value) => (typeof value === type ? value : fail()));
}

/** The one kind whose bounds count here: a person types into fields that they guard. */
function string(parse: Read = (value) => (typeof value === "string" ? value : fail())): Schema {
  const checked = (holds: (text: string) => boolean) =>
    string((value) => {
      const read = parse(value);
      return typeof read === "string" && holds(read) ? read : fail();
    });
  return schema(parse, {
    trim: () => string((value) => (typeof value === "string" ? parse(value.trim()) : fail())),
    min: (length: number) => checked((text) => text.length >= length),
    max: (length: number) => checked((text) => text.length <= length),
    regex: (pattern: RegExp) => checked((text) => pattern.test(text)),
  });
}

function array(item: Schema): Schema {
  return schema((value) => (Array.isArray(value) ? value.map(item.parse) : fail()));
}

function object(shape: Shape, isLoose = false): Schema {
  const read: Read = (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return fail();
    const fields = new Map<string, unknown>(Object.entries(value));
    const known = Object.entries(shape).flatMap(([name, { parse }]): [string, unknown][] => {
      const field = parse(fields.get(name));
      return field === undefined && !fields.has(name) ? [] : [[name, field]];
    });
    return isLoose ? { ...value, ...Object.fromEntries(known) } : Object.fromEntries(known);
  };
  const pick = (keeps: (name: string) => boolean) =>
    object(Object.fromEntries(Object.entries(shape).filter(([name]) => keeps(name))), isLoose);
  return schema(read, {
    shape,
    extend: (more: Shape) => object({ ...shape, ...more }, isLoose),
    omit: (names: object) => pick((name) => !(name in names)),
    pick: (names: object) => pick((name) => name in names),
    partial: () =>
      object(
        Object.fromEntries(
          Object.entries(shape).map(([name, { parse }]) => [
            name,
            schema((value) => (value === undefined ? undefined : parse(value))),
          ]),
        ),
        isLoose,
      ),
  });
}

function union(options: readonly Schema[]): Schema {
  return schema((value) => {
    for (const option of options) {
      const read = option.safeParse(value);
      if (read.success) return read.data;
    }
    return fail();
  });
}

function oneOf(values: readonly unknown[]): Schema {
  return schema((value) => (values.includes(value) ? value : fail()));
}

function record(_: Schema, item: Schema): Schema {
  return schema((value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, item.parse(field)]))
      : fail(),
  );
}

const anything = () => schema((value) => value);

const kinds: Record<string, unknown> = {
  string: () => string(),
  number: ofType("number"),
  boolean: ofType("boolean"),
  unknown: anything,
  any: anything,
  never: () => schema(fail),
  null: () => oneOf([null]),
  literal: (value: unknown) => oneOf(Array.isArray(value) ? value : [value]),
  enum: (values: readonly unknown[] | object) => oneOf(Object.values(values)),
  object: (shape: Shape) => object(shape),
  strictObject: (shape: Shape) => object(shape),
  looseObject: (shape: Shape) => object(shape, true),
  array,
  record,
  union,
  discriminatedUnion: (_: string, options: readonly Schema[]) => union(options),
  optional: (inner: Schema) => schema((value) => (value === undefined ? undefined : inner.parse(value))),
  nullable: (inner: Schema) => schema((value) => (value === null ? null : inner.parse(value))),
  iso: new Proxy({}, { get: () => () => string() }),
  coerce: new Proxy({}, { get: () => anything }),
};

export const z = new Proxy(kinds, {
  get: (target, name) => (name in target ? Reflect.get(target, name) : anything),
});
