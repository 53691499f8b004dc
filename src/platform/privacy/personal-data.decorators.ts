import { SetMetadata } from '@nestjs/common';
import type { Texts } from '../http/problem.js';
import type { Id } from '../values/id.js';
import type { LocalDate } from '../values/zone.js';

/** A person whom the current school keeps data about: what it calls him, and how he is told in what others sent us. */
export interface DataSubject {
  readonly id: Id;
  readonly userId: Id;
  readonly email: string;
  readonly phone: string | null;
}

/** Stands where a text about a person was that may not be empty. */
export const erasedText = '—';

/** What the law keeps longer than the person wishes. */
export interface Kept {
  /** The first day on which it, or the oldest part of it, may go. */
  readonly until: LocalDate;
  /** It tells nobody anything without the person's name. */
  readonly needsIdentity?: true;
}

/** Why somebody cannot be erased yet, and what to do about it. */
export interface Objection {
  readonly code: string;
  readonly texts: Texts;
}

export type Exporter = (subject: DataSubject) => Promise<unknown>;
export type Eraser = (subject: DataSubject, today: LocalDate) => Promise<Kept | null>;
export type Objector = (subject: DataSubject) => Promise<Objection[]>;

export const exporterKey = 'privacy:exports';
export const eraserKey = 'privacy:erases';
export const objectorKey = 'privacy:objects';

type For<Method> = <Run extends Method>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Run>,
) => void;

function marks(key: string, part: string) {
  return (target: object, name: string | symbol, descriptor: PropertyDescriptor): void => {
    SetMetadata(key, part)(target, name, descriptor);
  };
}

/** The method answers, as plain data, all that this part of the school keeps about the person. */
export const ExportsPersonalData = (part: string): For<Exporter> => marks(exporterKey, part);

/**
 * The method erases what nothing keeps, in the transaction that notes that it has; run again, it finds less to do. When the law
 * keeps something it says until when, and is called again on that day.
 * @param part unique for ever: what has been erased is noted by it
 */
export const ErasesPersonalData = (part: string): For<Eraser> => marks(eraserKey, part);

/** The method says what stands against erasing the person now: a lesson to come, money owed. */
export const ObjectsToErasure = (part: string): For<Objector> => marks(objectorKey, part);
