// Booking by hand: the application's writes in its order, in one READ COMMITTED transaction.
import { uuidv7 } from 'uuidv7';
import { byDay, dateAt, eachBusy, eachShift, maskOf, QUARTER } from './calendar.mjs';
import { bytes, text } from './ids.mjs';
import { permits, whoAsks } from './session.mjs';
import { ask, tell } from './trips.mjs';

const HOUR = 3_600_000;
/** Who is told about a booked lesson: the application's handlers of that event. */
const handlers = ['bookings.tell_diary_created', 'notifications.confirm-lesson', 'outgoing-webhooks.booking-created'];

const sql = {
  student: "SELECT id, resource_id, name FROM students WHERE school_id = ? AND id = ? AND status = 'active'",
  type: 'SELECT l.id, l.name, l.minutes, l.setup_minutes, l.buffer_minutes, l.price_minor, l.currency, l.vat_rate_bp, l.cancel_notice_hours, l.cancel_fee_minor, s.zone FROM lesson_types l JOIN schools s ON s.id = l.school_id WHERE l.school_id = ? AND l.id = ? AND l.active',
  teacher:
    'SELECT t.id, t.resource_id, t.name FROM lesson_types l JOIN teachers t ON t.school_id = l.school_id AND t.active AND FIND_IN_SET(l.licence_class, t.licence_classes) WHERE l.school_id = ? AND l.id = ? AND t.id = ?',
  vehicles:
    "SELECT v.id, v.resource_id, v.name, d.day, d.lo, d.hi FROM lesson_types l JOIN vehicles v ON v.school_id = l.school_id AND v.active AND v.kind = 'vehicle' AND v.licence_class = COALESCE(l.vehicle_class, l.licence_class) AND (l.gearbox IS NULL OR v.gearbox = l.gearbox) LEFT JOIN resource_days d ON d.resource_id = v.resource_id AND d.day BETWEEN ? AND ? WHERE l.school_id = ? AND l.id = ? ORDER BY v.name, v.id",
  begin: 'START TRANSACTION',
  claims: 'INSERT INTO claims (resource_id, slot, place, school_id, claimed_by) VALUES ?',
  masks:
    'INSERT INTO resource_days (resource_id, day, lo, hi) VALUES ? ON DUPLICATE KEY UPDATE lo = lo | VALUES(lo), hi = hi | VALUES(hi)',
  version: 'UPDATE teachers SET schedule_version = schedule_version + 1 WHERE school_id = ? AND id = ?',
  hours:
    'SELECT weekday, starts, ends, valid_from, valid_until FROM working_hours WHERE school_id = ? AND teacher_id = ?',
  absences: 'SELECT 1 FROM time_off WHERE school_id = ? AND teacher_id = ? AND starts_at < ? AND ends_at > ?',
  event: 'INSERT INTO outbox_events (id, school_id, name, payload, occurred_at) VALUES (?)',
  deliveries: 'INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures) VALUES ?',
  charge:
    'INSERT INTO charges (id, school_id, student_id, source, source_id, description, gross_minor, currency, vat_rate_bp, state, occurred_at, delivered, delivers_at, earned_by_id) VALUES (?)',
  booking:
    'INSERT INTO bookings (id, school_id, student_id, teacher_id, vehicle_id, lesson_type_id, starts_at, ends_at, setup_minutes, buffer_minutes, state, price_minor, currency, vat_rate_bp, cancel_by, late_fee_minor, fee_minor, created_by, created_at) VALUES (?)',
  commit: 'COMMIT',
  audit:
    'INSERT INTO audit_entries (id, school_id, at, actor_kind, actor_id, actor_role, actor_name, action, subject_kind, subject_id, details, request_id) VALUES ?',
};

/** @returns the booking as the application shows it, or null when somebody or something is not there or not free */
export async function bookLesson(pool, { session, school, body }) {
  const lesson = await plan(pool, { session, school: bytes(school), schoolId: school, body });
  if (!lesson) return null;
  const connection = await pool.getConnection();
  try {
    if (await claim(connection, lesson)) return await record(connection, lesson);
    await connection.query('ROLLBACK');
    return null;
  } catch (error) {
    await connection.query('ROLLBACK');
    if (error.errno === 1062) return null;
    throw error;
  } finally {
    connection.release();
  }
}

async function plan(pool, { session, school, schoolId, body }) {
  const startsAt = new Date(body.startsAt);
  const day = Math.floor(startsAt / (24 * HOUR));
  const its = [school, bytes(body.lessonTypeId)];
  const now = new Date();
  const [asker, [student], [type], [teacher], days] = await ask(pool, [
    [whoAsks, [bytes(session), now]],
    [sql.student, [school, bytes(body.studentId)]],
    [sql.type, its],
    [sql.teacher, [...its, bytes(body.teacherId)]],
    [sql.vehicles, [day - 1, day + 1, ...its]],
  ]);
  if (!permits(asker, schoolId) || !student || !type || !teacher) return null;
  const endsAt = new Date(+startsAt + type[2] * 60_000);
  const block = {
    first: Math.floor((startsAt - type[3] * 60_000) / QUARTER),
    end: Math.ceil((+endsAt + type[4] * 60_000) / QUARTER),
  };
  const vehicle = freeVehicle(days, block);
  return (
    vehicle && { id: uuidv7(), school, by: asker[0][0], student, teacher, vehicle, type, startsAt, endsAt, block, now }
  );
}

/** Of the vehicles that nobody has in those quarter hours the one whose day keeps the fewest holes; a row for each of its days. */
function freeVehicle(rows, { first, end }) {
  const needed = end - first;
  const busy = new Map();
  for (const [, resource, , day, lo, hi] of rows) {
    const its = busy.get(resource) ?? busy.set(resource, new Set()).get(resource);
    if (day !== null) eachBusy(lo, hi, (quarter) => its.add(day * 96 + quarter));
  }
  let best;
  let least = Infinity;
  for (const row of rows) {
    const its = busy.get(row[1]);
    const gap = (from, step) => {
      let open = 0;
      while (open < needed && !its.has(from + open * step)) open++;
      return open;
    };
    if (gap(first, 1) < needed) continue;
    const [before, after] = [gap(first - 1, -1), gap(end, 1)];
    const lost = (before < needed ? before : 0) + (after < needed ? after : 0);
    const cost = lost * (2 * needed + 1) + before + after;
    if (cost < least) [best, least] = [row, cost];
  }
  return best;
}

/** Takes the time of all three; false when the teacher is not at work then. */
async function claim(connection, { id, school, student, teacher, vehicle, type, startsAt, endsAt, block }) {
  const lesson = { first: Math.floor(startsAt / QUARTER), end: Math.ceil(endsAt / QUARTER) };
  const parts = [
    [teacher[1], block],
    [vehicle[1], block],
    [student[1], lesson],
  ].sort(([a], [b]) => a - b);
  const claims = parts.flatMap(([resource, { first, end }]) =>
    Array.from({ length: end - first }, (_, n) => [resource, first + n, 0, school, bytes(id)]),
  );
  const masks = parts.flatMap(([resource, { first, end }]) =>
    byDay(first, end).map(([day, from, until]) => {
      const { lo, hi } = maskOf(from, until);
      return [resource, day, lo, hi];
    }),
  );
  const its = [school, teacher[0]];
  const [begins, ends] = [new Date(block.first * QUARTER), new Date(block.end * QUARTER)];
  const [, , , , hours, absences] = await tell(connection, [
    [sql.begin],
    [sql.claims, [claims]],
    [sql.masks, [masks]],
    [sql.version, its],
    [sql.hours, its],
    [sql.absences, [...its, ends, begins]],
  ]);
  return absences.length === 0 && isAtWork(hours, type[10], block);
}

function isAtWork(hours, zone, { first, end }) {
  const [from, until] = [dateAt(zone, first * QUARTER), dateAt(zone, end * QUARTER)];
  const open = new Uint8Array(end - first);
  for (const [weekday, starts, ends, validFrom, validUntil] of hours) {
    eachShift({ weekday, starts, ends, validFrom, validUntil }, zone, from, until, (opens, closes) =>
      open.fill(1, Math.max(opens - first, 0), Math.max(closes - first, 0)),
    );
  }
  return open.every((each) => each === 1);
}

async function record(connection, { id, school, by, student, teacher, vehicle, type, startsAt, endsAt, now }) {
  const [typeId, name, , setup, buffer, price, currency, vat, notice, lateFee] = type;
  const [booking, event, charge] = [bytes(id), bytes(uuidv7()), bytes(uuidv7())];
  const cancelBy = new Date(startsAt - notice * HOUR);
  const [studentId, teacherId, vehicleId] = [student, teacher, vehicle].map(([each]) => text(each));
  const audited = (action, subject, details) => {
    const kind = action.split('.')[0];
    return [
      bytes(uuidv7()),
      school,
      now,
      'user',
      by,
      'owner',
      null,
      action,
      kind,
      subject,
      JSON.stringify(details),
      uuidv7(),
    ];
  };
  const charged = { studentId, source: 'booking', sourceId: id, amount: price, currency };
  const row = [booking, school, student[0], teacher[0], vehicle[0], typeId, startsAt, endsAt, setup, buffer, 'booked'];
  await tell(connection, [
    [
      sql.charge,
      [
        [
          charge,
          school,
          student[0],
          'booking',
          booking,
          name,
          price,
          currency,
          vat,
          'open',
          now,
          0,
          endsAt,
          teacher[0],
        ],
      ],
    ],
    [sql.booking, [[...row, price, currency, vat, cancelBy, lateFee, 0, by, now]]],
    [
      sql.audit,
      [
        [
          audited('charge.recorded', charge, charged),
          audited('booking.booked', booking, { studentId, teacherId, vehicleId, startsAt: startsAt.toISOString() }),
        ],
      ],
    ],
    [sql.event, [[event, school, 'bookings.lesson_booked', JSON.stringify({ bookingId: id }), now]]],
    [sql.deliveries, [handlers.map((handler) => [event, handler, 'open', now, 0, 0])]],
    [sql.commit],
  ]);
  const named = ([rowId, , rowName]) => ({ id: text(rowId), name: rowName });
  const money = (amount) => ({ amount, currency });
  return {
    id,
    state: 'booked',
    startsAt,
    endsAt,
    student: named(student),
    teacher: named(teacher),
    vehicle: named(vehicle),
    trailer: null,
    facility: null,
    location: null,
    hold: null,
    seriesId: null,
    overrideReason: null,
    waiveReason: null,
    waived: money(0),
    lessonType: { id: text(typeId), name },
    price: money(price),
    cancelBy,
    lateFee: money(lateFee),
    fee: money(0),
    cancelledAt: null,
    cancelReason: null,
    createdAt: now,
  };
}
