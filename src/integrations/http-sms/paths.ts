/** An object that holds each value under its dotted path; what is undefined is left out. */
export function written(entries: readonly (readonly [path: string, value: string | undefined])[]): object {
  const root: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    if (value === undefined) continue;
    const names = path.split('.');
    let inner = root;
    for (const name of names.slice(0, -1)) inner = (inner[name] ??= {}) as Record<string, unknown>;
    inner[names.at(-1)!] = value;
  }
  return root;
}

/** The text or number under that dotted path, as text; null when there is none. */
export function readAt(value: unknown, path: string): string | null {
  let inner: unknown = value;
  for (const name of path.split('.'))
    inner = Object(inner) === inner ? (inner as Record<string, unknown>)[name] : undefined;
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner) : null;
}
