import fc, { type Arbitrary } from 'fast-check';

/** A schema of the document, with its references resolved where they stand. */
export type Schema = Readonly<Record<string, unknown>>;

/** Ids that exist, by the name of the field or parameter that takes them. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

const minute = 60_000;
const quarter = 15 * minute;
const days = 24 * 60 * minute;

/** Builds values that the document allows, and finds the rows that are there. */
export class SchemaValues {
  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly ids: KnownIds,
  ) {}

  /** Values that the schema allows. @param name of the field: what tells one id from another */
  allowed(schema: Schema, name = ''): Arbitrary<unknown> {
    const { $ref, type, enum: values } = schema;
    if (typeof $ref === 'string') return this.allowed(this.schemas[$ref.split('/').at(-1)!]!, name);
    const variants = [schema['allOf'], schema['anyOf'], schema['oneOf']].flatMap((each) => (each ?? []) as Schema[]);
    if (variants.length > 0) return fc.oneof(...variants.map((variant) => this.allowed(variant, name)));
    if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
    if (Array.isArray(type))
      return fc.oneof(...type.map((each: unknown) => this.allowed({ ...schema, type: each }, name)));
    switch (type) {
      case 'object':
        return this.object(schema);
      case 'array':
        return fc.array(this.allowed(schema['items'] as Schema, name.replace(/s$/, '')), { maxLength: 3 });
      case 'integer':
      case 'number':
        return fc.integer(boundsOf(schema));
      case 'boolean':
        return fc.boolean();
      case 'string':
        return this.text(schema, name);
      default:
        return fc.constant(null);
    }
  }

  private object(schema: Schema): Arbitrary<object> {
    const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
    const model = Object.fromEntries(fields.map(([name, field]) => [name, this.allowed(field, name)]));
    return fc.record(model, { requiredKeys: (schema['required'] ?? []) as string[] });
  }

  private text({ format, pattern, minLength = 0, maxLength = 100 }: Schema, name: string): Arbitrary<string> {
    const known = this.ids[name] ?? [];
    if (format === 'uuid') return known.length > 0 ? fc.constantFrom(...known) : fc.uuid({ version: 7 });
    if (format === 'date-time') return soon(quarter).map((date) => date.toISOString());
    if (format === 'date') return soon(days).map((date) => date.toISOString().slice(0, 10));
    if (format === 'email') return fc.emailAddress();
    if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
    const min = Number(minLength);
    return fc.string({ unit: 'grapheme', minLength: min, maxLength: Math.max(min, Math.min(Number(maxLength), 60)) });
  }
}

function boundsOf({ minimum, maximum }: Schema): { min: number; max: number } {
  return { min: Number(minimum ?? -1_000), max: Number(maximum ?? 1_000_000) };
}

function soon(step: number): Arbitrary<Date> {
  const today = Math.floor(Date.now() / days) * days;
  return fc
    .integer({ min: -10 * days, max: 60 * days })
    .map((from) => new Date(today + Math.floor(from / step) * step));
}
