import { parseXML } from '@aws-sdk/xml-builder';
import type { Schema } from './openapi-document.js';

type Node = Readonly<Record<string, unknown>>;

/** What XSD's own types are in JSON. */
const PLAIN: Readonly<Record<string, Schema>> = {
  'xs:string': { type: 'string' },
  'xs:anyURI': { type: 'string' },
  'xs:boolean': { type: 'boolean' },
  'xs:decimal': { type: 'number' },
  'xs:int': { type: 'integer' },
  'xs:long': { type: 'integer' },
  'xs:positiveInteger': { type: 'integer', minimum: 1 },
  'xs:date': { type: 'string', format: 'date' },
  'xs:dateTime': { type: 'string', format: 'date-time' },
};

interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/**
 * The types of some XSD files as schemas of the JSON that mirrors them: an element is a field, one that may be repeated a list, an
 * attribute a field too, and text that has attributes stands in `value`.
 */
export class XsdSchemas {
  private readonly roots: readonly Node[];

  constructor(files: readonly string[]) {
    this.roots = files.map((text) => parseXML(text.replace(/^\uFEFF/, ''))['xs:schema'] as Node);
  }

  /** By the names of the types. */
  all(): Record<string, Schema> {
    const simple = this.top('simpleType').map((node) => [nameOf(node), simpleOf(node)]);
    const complex = this.top('complexType').map((node) => [nameOf(node), this.complexOf(node)]);
    return Object.fromEntries([...simple, ...complex]) as Record<string, Schema>;
  }

  /** The elements that may stand where that one may: name and type of each. */
  substitutesOf(element: string): readonly (readonly [string, string])[] {
    const found = this.top('element').filter(({ substitutionGroup }) => substitutionGroup === element);
    return found.map((each) => [nameOf(each), String(each['type'])] as const);
  }

  private complexOf(node: Node): Schema {
    const fields = this.fieldsOfType(node);
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
      required: fields.filter(({ required }) => required).map(({ name }) => name),
      ...(hasAny(node) && { additionalProperties: true }),
    };
  }

  private fieldsOfType(node: Node): Field[] {
    const [content] = [...children(node, 'complexContent'), ...children(node, 'simpleContent')];
    const [extension] = content ? children(content, 'extension') : [];
    if (!extension) return [...this.fieldsIn(node), ...attributesOf(node)];
    const base = String(extension['base']);
    const parent = this.top('complexType').find((each) => each['name'] === base);
    const value = { name: 'value', schema: typeOf(base), required: true };
    const inherited = parent ? this.fieldsOfType(parent) : [value];
    return [...inherited, ...this.fieldsIn(extension), ...attributesOf(extension)];
  }

  private fieldsIn(node: Node, required = true): Field[] {
    const must = (child: Node) => required && child['minOccurs'] !== '0';
    return [
      ...children(node, 'element').flatMap((each) => fieldOf(each, must(each))),
      ...children(node, 'sequence').flatMap((each) => this.fieldsIn(each, must(each))),
      ...children(node, 'choice').flatMap((each) => this.fieldsIn(each, false)),
      ...children(node, 'group').flatMap((each) => this.fieldsIn(this.group(each['ref']), must(each))),
    ];
  }

  private group(name: unknown): Node {
    return this.top('group').find((each) => each['name'] === name) ?? {};
  }

  private top(tag: string): Node[] {
    return this.roots.flatMap((root) => children(root, tag));
  }
}

function fieldOf(element: Node, required: boolean): Field[] {
  // What stands for others is not known by a name of its own.
  if (element['ref'] !== undefined) return [];
  const { type } = element;
  const schema = typeof type === 'string' ? typeOf(type) : simpleOf(children(element, 'simpleType')[0] ?? {});
  const isList = element['maxOccurs'] === 'unbounded';
  return [{ name: nameOf(element), schema: isList ? { type: 'array', items: schema } : schema, required }];
}

function attributesOf(node: Node): Field[] {
  return children(node, 'attribute').map((each) => ({
    name: nameOf(each),
    schema: typeOf(String(each['type'])),
    required: each['use'] === 'required',
  }));
}

function simpleOf(node: Node): Schema {
  const [restriction] = children(node, 'restriction');
  if (!restriction) return {};
  const values = children(restriction, 'enumeration').map(({ value }) => value);
  return values.length > 0 ? { enum: values } : typeOf(String(restriction['base']));
}

function typeOf(name: string): Schema {
  if (!name.startsWith('xs:')) return { $ref: `#/components/schemas/${name}` };
  const plain = PLAIN[name];
  if (!plain) throw new Error(`XSD's type ${name} is not known here`);
  return plain;
}

const children = (node: Node, tag: string): Node[] =>
  [node[`xs:${tag}`] ?? []].flat().filter((each): each is Node => typeof each === 'object' && each !== null);

const hasAny = (node: Node): boolean =>
  'xs:any' in node || children(node, 'sequence').some((sequence) => 'xs:any' in sequence);

const nameOf = ({ name }: Node): string => String(name);
