/** The fields of a partial change that were given: a request's class carries the others as undefined. Null stays: it clears. */
export function given<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}
