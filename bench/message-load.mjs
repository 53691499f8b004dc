// Messages as the application queues them: a row, its event and an open delivery each.
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { bytes } from './floors/ids.mjs';

const atOnce = 1_000;

const tomorrow = () => new Date(Date.now() + 86_400_000);

/** Confirmations of lessons that are to come, to the students in turn, due when they are released. @param channel `email` or `sms` */
export async function queueMessages(db, { school, students }, count, channel) {
  const [lessons] = await db.query(
    "SELECT id FROM bookings WHERE state = 'booked' AND starts_at > NOW() + INTERVAL 1 DAY LIMIT 100",
  );
  if (lessons.length === 0) throw new Error('no lesson is to come');
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => ({
      id: uuidv7(),
      event: uuidv7(),
      user: students[(from + index) % students.length].user,
      lesson: lessons[(from + index) % lessons.length].id,
    }));
    await insert(db, school, some, channel, new Date());
  }
}

async function insert(db, school, messages, channel, now) {
  await db.beginTransaction();
  await db.query(
    'INSERT INTO messages (id, school_id, user_id, channel, kind, subject_id, params, dedupe_key, state, attempts, created_at) VALUES ?',
    [
      messages.map(({ id, user, lesson }) => [
        bytes(id),
        bytes(school),
        bytes(user),
        channel,
        'lesson_booked',
        lesson,
        '{}',
        id,
        'queued',
        0,
        now,
      ]),
    ],
  );
  await db.query('INSERT INTO outbox_events (id, school_id, name, payload, occurred_at) VALUES ?', [
    messages.map(({ id, event }) => [
      bytes(event),
      bytes(school),
      'notifications.message_queued',
      JSON.stringify({ messageId: id, lane: channel }),
      now,
    ]),
  ]);
  await db.query(
    'INSERT INTO outbox_deliveries (event_id, handler, lane, state, due_at, attempts, failures) VALUES ?',
    [messages.map(({ event }) => [bytes(event), 'notifications.send-message', channel, 'open', tomorrow(), 0, 0])],
  );
  await db.commit();
}

/** All that are queued come due now. @returns when the application has begun to take them, which it looks for once a second */
export async function release(db) {
  await db.query("UPDATE outbox_deliveries SET due_at = NOW(3) WHERE state = 'open'");
  for (;;) {
    const [taken] = await db.query("SELECT 1 FROM outbox_deliveries WHERE state = 'open' AND due_at > NOW(3) LIMIT 1");
    if (taken.length > 0) return;
    await sleep(5);
  }
}

/** Everybody can be reached by telephone, at any hour. */
export async function reachableByPhone(db) {
  await db.query("UPDATE schools SET quiet_from = '00:00', quiet_until = '00:00'");
  await db.query(
    "UPDATE users SET phone = CONCAT('+4520', LPAD(MOD(CONV(HEX(RIGHT(id, 4)), 16, 10), 1000000), 6, '0'))",
  );
}

/** Asked so often that it must cost nothing: for one of them, and not for their number. */
export async function isSomeUnsent(db) {
  const [some] = await db.query("SELECT 1 FROM outbox_deliveries WHERE state = 'open' LIMIT 1");
  return some.length > 0;
}

/** What the server has been asked since it started, by everybody. */
export async function countStatements(db) {
  const [[{ Value }]] = await db.query("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(Value);
}
