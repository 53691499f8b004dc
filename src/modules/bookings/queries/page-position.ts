import { decodeCursor, madeUpCursor } from '../../../platform/http/paging.js';
import { isId, type Id } from '../../../platform/values/id.js';

/** The last thing of a page in order of time. */
export interface PagePosition {
  readonly startsAt: Date;
  readonly id: Id;
}

export function positionKey({ startsAt, id }: PagePosition): Record<string, string | number> {
  return { startsAt: startsAt.getTime(), id };
}

/** @throws InvalidRequest naming `cursor` when it is not one of ours */
export function positionOf(cursor: string | undefined): PagePosition | undefined {
  const key = decodeCursor(cursor, { startsAt: 'number', id: 'string' });
  if (!key) return undefined;
  const startsAt = new Date(key.startsAt);
  if (isId(key.id) && !Number.isNaN(startsAt.getTime())) return { startsAt, id: key.id };
  throw madeUpCursor();
}
