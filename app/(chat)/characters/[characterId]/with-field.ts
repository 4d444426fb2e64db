/** The same with one field of another value; `undefined` takes the field away. */
export function withField<T extends Record<string, unknown>>(value: T, name: string, field: unknown): T {
  const changed: T = { ...value, [name]: field };
  if (field === undefined) delete changed[name];
  return changed;
}
