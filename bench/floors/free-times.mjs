// Free times by hand: the questions at once, then one loop over bytes.
import { dateAt, datePlus, eachBusy, eachShift, localDay, QUARTER, QUARTERS_A_DAY } from './calendar.mjs';
import { bytes, text } from './ids.mjs';
import { permits, whoAsks } from './session.mjs';
import { ask } from './trips.mjs';

const DAYS = 14;
const DAY = QUARTERS_A_DAY * QUARTER;

const type =
  'SELECT l.minutes, l.setup_minutes, l.buffer_minutes, s.zone FROM lesson_types l JOIN schools s ON s.id = l.school_id WHERE l.school_id = ? AND l.id = ? AND l.active';
const ofType = (table, matches) =>
  `FROM lesson_types l JOIN ${table} r ON r.school_id = l.school_id AND r.active AND ${matches}`;
const fromTeachers = ofType('teachers', 'FIND_IN_SET(l.licence_class, r.licence_classes)');
const fromVehicles = ofType(
  'vehicles',
  "r.kind = 'vehicle' AND r.licence_class = COALESCE(l.vehicle_class, l.licence_class) AND (l.gearbox IS NULL OR r.gearbox = l.gearbox)",
);
const thatType = 'WHERE l.school_id = ? AND l.id = ?';
const masks = (from) =>
  `SELECT d.resource_id, d.day, d.lo, d.hi ${from} JOIN resource_days d ON d.resource_id = r.resource_id AND d.day BETWEEN ? AND ? ${thatType}`;

const questions = [
  whoAsks,
  type,
  `SELECT r.resource_id, r.id, r.name ${fromTeachers} ${thatType} ORDER BY r.name, r.id`,
  `SELECT r.resource_id, r.id ${fromVehicles} ${thatType} ORDER BY r.name, r.id`,
  `SELECT t.resource_id, w.weekday, w.starts, w.ends, w.valid_from, w.valid_until FROM working_hours w JOIN teachers t ON t.id = w.teacher_id WHERE w.school_id = ?`,
  `SELECT t.resource_id, o.starts_at, o.ends_at FROM time_off o JOIN teachers t ON t.id = o.teacher_id WHERE o.school_id = ? AND o.starts_at < ? AND o.ends_at > ?`,
  masks(fromTeachers),
  masks(fromVehicles),
];

/** @returns the answer's JSON, or null when the caller has no business here */
export async function findFreeTimes(pool, { session, school, lessonType, limit }) {
  const now = Date.now();
  // A day more on both sides than any zone needs: which one it is comes with the same answer.
  const [from, until] = [new Date(now - DAY), new Date(now + (DAYS + 2) * DAY)];
  const between = [Math.floor(from / DAY), Math.floor(until / DAY)];
  const its = [bytes(school), bytes(lessonType)];
  const values = [
    [bytes(session), new Date(now)],
    its,
    its,
    its,
    [its[0]],
    [its[0], until, from],
    [...between, ...its],
    [...between, ...its],
  ];
  const answers = await ask(
    pool,
    questions.map((sql, n) => [sql, values[n]]),
  );
  const [asker, [found], ...rows] = answers;
  if (!permits(asker, school) || !found) return null;
  const [minutes, setupMinutes, bufferMinutes, zone] = found;
  const [setup, lesson, buffer] = [setupMinutes, minutes, bufferMinutes].map((each) => Math.ceil(each / 15 - 1e-9));
  const dates = { first: dateAt(zone, now) };
  dates.end = datePlus(zone, dates.first, DAYS);
  const window = { first: Math.ceil(now / QUARTER), end: localDay(zone, dates.end).start / QUARTER };
  const slots = { setup, lesson, needed: setup + lesson + buffer };
  // With the gaps around the first and the last lesson: one too short for another counts as lost.
  const around = { first: window.first - setup - slots.needed, end: window.end + lesson + buffer + slots.needed };
  return search({ ...gridsOf(rows, around, zone, dates), window, slots, around, limit });
}

/** A byte for each quarter hour of each resource, 1 where it is open. */
function gridsOf([teacherRows, vehicleRows, hours, absences, teacherDays, vehicleDays], around, zone, dates) {
  const length = around.end - around.first;
  const grids = new Map();
  const grid = (resource, open) => grids.set(resource, new Uint8Array(length).fill(open)).get(resource);
  const teachers = teacherRows.map(([resource, id, name]) => ({ id: text(id), name, open: grid(resource, 0) }));
  const vehicles = vehicleRows.map(([resource, id]) => ({ id: text(id), open: grid(resource, 1) }));
  const fill = (resource, first, end, open) =>
    grids.get(resource)?.fill(open, Math.max(first - around.first, 0), Math.max(end - around.first, 0));
  for (const [resource, weekday, starts, ends, validFrom, validUntil] of hours) {
    eachShift({ weekday, starts, ends, validFrom, validUntil }, zone, dates.first, dates.end, (first, end) =>
      fill(resource, first, end, 1),
    );
  }
  for (const [resource, starts, ends] of absences)
    fill(resource, Math.floor(starts / QUARTER), Math.ceil(ends / QUARTER), 0);
  for (const days of [teacherDays, vehicleDays]) {
    for (const [resource, day, lo, hi] of days) {
      const open = grids.get(resource);
      const offset = day * QUARTERS_A_DAY - around.first;
      eachBusy(lo, hi, (quarter) => (open[offset + quarter] = 0));
    }
  }
  for (const { open } of teachers) countRuns(open);
  for (const vehicle of vehicles) {
    vehicle.reach = countReach(vehicle.open);
    countRuns(vehicle.open);
  }
  return { teachers, vehicles };
}

/** Turns 1 into how many open quarter hours in a row begin here; 255 is enough for any lesson. */
function countRuns(open) {
  for (let at = open.length - 1, run = 0; at >= 0; at--) open[at] = run = open[at] ? Math.min(run + 1, 255) : 0;
}

/** How many open quarter hours in a row end before each. */
function countReach(open) {
  const reach = new Uint8Array(open.length);
  for (let at = 1; at < open.length; at++) reach[at] = open[at - 1] ? Math.min(reach[at - 1] + 1, 255) : 0;
  return reach;
}

/** The free vehicle whose day keeps the fewest holes, the first of equals. */
function bestVehicle(vehicles, at, needed) {
  let best;
  let least = Infinity;
  for (const vehicle of vehicles) {
    if (vehicle.open[at] < needed) continue;
    const before = Math.min(vehicle.reach[at], needed);
    const after = Math.min(vehicle.open[at] - needed, needed);
    const lost = (before < needed ? before : 0) + (after < needed ? after : 0);
    const cost = lost * (2 * needed + 1) + before + after;
    if (cost < least) [best, least] = [vehicle, cost];
  }
  return best;
}

function search({ teachers, vehicles, window, slots, around, limit }) {
  const items = [];
  const names = teachers.map(({ id, name }) => `"teacherId":"${id}","teacherName":${JSON.stringify(name)}`);
  let last;
  for (let start = window.first; start < window.end; start++) {
    const at = start - slots.setup - around.first;
    let vehicle;
    const times = `{"startsAt":"${iso(start)}","endsAt":"${iso(start + slots.lesson)}",`;
    for (let n = 0; n < teachers.length; n++) {
      if (teachers[n].open[at] < slots.needed) continue;
      vehicle ??= bestVehicle(vehicles, at, slots.needed);
      if (!vehicle) break;
      if (items.length === limit) return page(items, last);
      items.push(`${times}${names[n]},"vehicleId":"${vehicle.id}"}`);
      last = { startsAt: start * QUARTER, id: teachers[n].id };
    }
  }
  return page(items, null);
}

function page(items, last) {
  const cursor = last && Buffer.from(JSON.stringify(last)).toString('base64url');
  return `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(cursor)}}`;
}

function iso(slot) {
  return new Date(slot * QUARTER).toISOString();
}
