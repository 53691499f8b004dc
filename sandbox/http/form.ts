/** A decoded form or query: text, lists and nested records, as in `line_items[0][price_data][currency]=dkk`. */
export type FormValue = string | FormValue[] | FormTree;
export interface FormTree {
  [name: string]: FormValue;
}

/**
 * Decodes `application/x-www-form-urlencoded` text with bracketed names. A name given twice becomes a list,
 * `a[]=1` appends, and a record whose names are 0…n−1 becomes a list.
 */
export function decodeForm(encoded: string): FormTree {
  const root = emptyTree();
  for (const [name, value] of new URLSearchParams(encoded)) {
    assign(root, pathOf(name), value);
  }
  return withLists(root) as FormTree;
}

/** Whether the value is a nested record. */
export function isTree(value: FormValue | undefined): value is FormTree {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The same text for the same content, whatever the order of its names. */
export function canonical(value: FormValue): string {
  if (!isTree(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

// Without a prototype, a field named `__proto__` is only a field.
function emptyTree(): FormTree {
  return Object.create(null) as FormTree;
}

function pathOf(name: string): string[] {
  const bracket = name.indexOf('[');
  if (bracket <= 0) return [name];
  return [name.slice(0, bracket), ...[...name.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
}

function assign(tree: FormTree, [first = '', ...rest]: string[], value: string): void {
  const name = first === '' ? String(Object.keys(tree).length) : first;
  const existing = tree[name];
  if (rest.length > 0) {
    const inner = isTree(existing) ? existing : emptyTree();
    tree[name] = inner;
    return assign(inner, rest, value);
  }
  if (existing === undefined) tree[name] = value;
  else tree[name] = Array.isArray(existing) ? [...existing, value] : [existing, value];
}

function withLists(value: FormValue): FormValue {
  if (!isTree(value)) return value;
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([name], index) => name === String(index))) {
    return entries.map(([, inner]) => withLists(inner));
  }
  for (const [name, inner] of entries) value[name] = withLists(inner);
  return value;
}
