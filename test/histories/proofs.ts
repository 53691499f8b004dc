import type { Connection, RowDataPacket } from 'mysql2/promise';
import { idFromBytes, type Id } from '../../src/platform/values/id.js';
import type { AnswersGiven } from './record.js';

// None of this uses the application's own code for the calendar: what is wrong there must not be wrong here too.
const quarter = 15 * 60_000;
const occupying = new Set(['held', 'booked', 'completed', 'no_show', 'planned', 'passed', 'failed']);

interface Lesson {
  readonly id: Id;
  readonly state: string;
  readonly startsAt: number;
  readonly claims: readonly { readonly resource: number; readonly first: number; readonly end: number }[];
}

interface Rows {
  readonly [column: string]: unknown;
}

async function rows<T extends Rows>(db: Connection, sql: string, values: unknown[] = []): Promise<T[]> {
  const [found] = await db.query<RowDataPacket[]>(sql, values);
  return found as unknown as T[];
}

/** Every lesson and exam there is, with the quarter hours that it should have claimed. */
export async function lessons(db: Connection): Promise<Lesson[]> {
  const found = await rows<{
    id: Buffer;
    state: string;
    starts_at: Date;
    ends_at: Date;
    setup_minutes: number;
    buffer_minutes: number;
    student: number;
    teacher: number;
    vehicle: number | null;
  }>(
    db,
    ['bookings', 'exams']
      .map(
        (table) => `SELECT b.id, b.state, b.starts_at, b.ends_at, b.setup_minutes, b.buffer_minutes,
          s.resource_id AS student, t.resource_id AS teacher, v.resource_id AS vehicle
        FROM ${table} b JOIN students s ON s.id = b.student_id JOIN teachers t ON t.id = b.teacher_id LEFT JOIN vehicles v ON v.id = b.vehicle_id`,
      )
      .join(' UNION ALL '),
  );
  return found.map((row) => {
    const [starts, ends] = [row.starts_at.getTime(), row.ends_at.getTime()];
    const span = (before: number, after: number) => ({
      first: Math.floor((starts - before * 60_000) / quarter),
      end: Math.ceil((ends + after * 60_000) / quarter),
    });
    const block = span(row.setup_minutes, row.buffer_minutes);
    return {
      id: idFromBytes(row.id),
      state: row.state,
      startsAt: starts,
      claims: [
        { resource: row.student, ...span(0, 0) },
        { resource: row.teacher, ...block },
        ...(row.vehicle === null ? [] : [{ resource: row.vehicle, ...block }]),
      ],
    };
  });
}

/** A resource that two lessons have at once, whatever the claims say. */
export function doubleBooked(all: readonly Lesson[]): string[] {
  const taken = new Map<string, Id>();
  const findings: string[] = [];
  for (const { id, state, claims } of all) {
    if (!occupying.has(state)) continue;
    for (const { resource, first, end } of claims) {
      for (let slot = first; slot < end; slot++) {
        const other = taken.get(`${resource}:${slot}`);
        if (other) findings.push(`resource ${resource} is booked twice at ${slot}: ${other}, ${id}`);
        taken.set(`${resource}:${slot}`, id);
      }
    }
  }
  return findings;
}

/** Claims that a lesson lacks, and claims that belong to none. */
export async function wrongClaims(db: Connection, all: readonly Lesson[]): Promise<string[]> {
  const found = await rows<{ resource_id: number; slot: number; claimed_by: Buffer }>(
    db,
    'SELECT resource_id, slot, claimed_by FROM claims',
  );
  const held = new Set(
    found.map(({ resource_id, slot, claimed_by }) => `${resource_id}:${slot}:${idFromBytes(claimed_by)}`),
  );
  const findings: string[] = [];
  for (const { id, state, claims } of all) {
    if (!occupying.has(state)) continue;
    for (const { resource, first, end } of claims) {
      for (let slot = first; slot < end; slot++) {
        const key = `${resource}:${slot}:${id}`;
        if (!held.delete(key)) findings.push(`${id} has not claimed ${key}`);
      }
    }
  }
  return [...findings, ...[...held].map((key) => `${key} belongs to no lesson`)];
}

/** Where the database does not agree with what the clients were told. */
export function brokenPromises(all: readonly Lesson[], answers: AnswersGiven): string[] {
  const byId = new Map(all.map((lesson) => [lesson.id, lesson]));
  return [...answers.bookings].flatMap(([id, deeds]) => {
    const lesson = byId.get(id);
    if (!lesson) return [`${id} was booked and is gone`];
    const did = new Set(deeds.map((deed) => deed.did));
    const isOver = did.has('cancelled') || did.has('released');
    const isLesson = did.has('booked') || did.has('confirmed');
    const states = isOver ? ['cancelled'] : isLesson ? ['booked'] : ['held', 'expired'];
    const starts = deeds.map(({ startsAt }) => Date.parse(startsAt));
    const isKept = states.includes(lesson.state) && starts.includes(lesson.startsAt);
    return isKept ? [] : [`${id} is ${lesson.state} at ${new Date(lesson.startsAt).toISOString()}: ${[...did].join()}`];
  });
}

/**
 * A lesson that lies in its teacher's time off, and of which whoever took it was not told. A time that was only held then
 * is told of once it is a lesson.
 */
export async function untoldOrphans(db: Connection, answers: readonly AnswersGiven[]): Promise<string[]> {
  const told = new Set(
    answers.flatMap(({ timeOff }) => timeOff.flatMap(({ id, orphans }) => orphans.map((each) => `${id} ${each}`))),
  );
  const held = new Set(
    answers.flatMap(({ bookings }) => [...bookings].flatMap(([id, [first]]) => (first?.did === 'held' ? [id] : []))),
  );
  const found = await rows<{ off: Buffer; booking: Buffer; state: string }>(
    db,
    `SELECT o.id AS off, b.id AS booking, b.state FROM time_off o
     JOIN bookings b ON b.school_id = o.school_id AND b.teacher_id = o.teacher_id
     WHERE b.state IN (?) AND b.starts_at < o.ends_at AND b.ends_at > o.starts_at`,
    [[...occupying]],
  );
  return found.flatMap(({ off, booking, state }) => {
    const [timeOff, lesson] = [idFromBytes(off), idFromBytes(booking)];
    // The ids are made of the time.
    const wasHeldThen = held.has(lesson) && lesson < timeOff;
    if (told.has(`${timeOff} ${lesson}`) || wasHeldThen) return [];
    return [`time off ${timeOff} and ${state} lesson ${lesson} know nothing of each other`];
  });
}

/** Which events tell of which deeds. */
const tellingEvents: Readonly<Record<string, readonly string[]>> = {
  lesson_booked: ['booked', 'confirmed'],
  lesson_held: ['held'],
  lesson_moved: ['moved'],
  lesson_cancelled: ['cancelled'],
};

/** Lessons whose events are not what was done with them, once each. */
export async function wrongEvents(db: Connection, answers: AnswersGiven): Promise<string[]> {
  const found = await rows<{ name: string; booking: string; n: number }>(
    db,
    `SELECT name, JSON_VALUE(payload, '$.bookingId') AS booking, COUNT(*) AS n FROM outbox_events
     WHERE name LIKE 'bookings.lesson\\_%' GROUP BY 1, 2`,
  );
  const counts = new Map(found.map(({ name, booking, n }) => [`${name} ${booking}`, n]));
  return [...answers.bookings].flatMap(([id, deeds]) =>
    Object.entries(tellingEvents).flatMap(([event, means]) => {
      const done = deeds.filter(({ did }) => means.includes(did)).length;
      const told = counts.get(`bookings.${event} ${id}`) ?? 0;
      return done === told ? [] : [`${id} was ${means.join(' or ')} ${done} times, with ${told} events`];
    }),
  );
}

/** Lessons about which their student got another number of e-mails than things were done with them. */
export async function wrongMessages(db: Connection, answers: AnswersGiven): Promise<string[]> {
  const found = await rows<{ kind: string; subject: Buffer; n: number }>(
    db,
    `SELECT m.kind, m.subject_id AS subject, COUNT(*) AS n FROM messages m
     JOIN bookings b ON b.id = m.subject_id JOIN students s ON s.id = b.student_id AND s.user_id = m.user_id
     WHERE m.channel = 'email' AND m.kind LIKE 'lesson\\_%' GROUP BY 1, 2`,
  );
  const counts = new Map(found.map(({ kind, subject, n }) => [`${kind} ${idFromBytes(subject)}`, n]));
  return [...answers.bookings].flatMap(([id, deeds]) =>
    Object.entries(tellingEvents).flatMap(([event, means]) => {
      // Of a time that is only held nobody is told, of one of several a message about all of them.
      const alone = deeds.filter(({ did, together }) => means.includes(did) && !together);
      const done = event === 'lesson_held' ? 0 : alone.length;
      const told = counts.get(`${event} ${id}`) ?? 0;
      return done === told ? [] : [`${id} was ${means.join(' or ')} ${done} times, with ${told} messages`];
    }),
  );
}

/** Deliveries that did not come to an end. */
export async function openDeliveries(db: Connection): Promise<string[]> {
  const found = await rows<{ state: string; handler: string; n: number }>(
    db,
    "SELECT state, handler, COUNT(*) AS n FROM outbox_deliveries WHERE state <> 'done' GROUP BY 1, 2",
  );
  return found.map(({ state, handler, n }) => `${n} deliveries of ${handler} are ${state}`);
}
