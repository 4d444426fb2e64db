import { isObject } from "./chat-request.ts";

/** A small value that a JSON schema accepts: required properties only, first choice of every `enum`. */
export function sampleArguments(schema: unknown): unknown {
  if (!isObject(schema)) return null;
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (Array.isArray(choices)) return sampleArguments(choices[0]);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "string":
      return typeof schema.format === "string" ? sampleOfFormat(schema.format) : "scripted";
    case "number":
    case "integer":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return true;
    case "array":
      return schema.minItems ? [sampleArguments(schema.items)] : [];
    case "object":
      return sampleObject(schema);
    default:
      return null;
  }
}

function sampleObject({ properties, required }: Record<string, unknown>): Record<string, unknown> {
  if (!isObject(properties) || !Array.isArray(required)) return {};
  const names = required.filter((name) => typeof name === "string");
  return Object.fromEntries(names.map((name) => [name, sampleArguments(properties[name])]));
}

function sampleOfFormat(format: string): string {
  switch (format) {
    case "date-time":
      return "2026-01-02T03:04:05.000Z";
    case "date":
      return "2026-01-02";
    case "email":
      return "scripted@example.com";
    case "uri":
    case "url":
      return "https://example.com/";
    case "uuid":
      return "00000000-0000-4000-8000-000000000000";
    default:
      return "scripted";
  }
}
