// A school's week by hand: the questions at once, then one pass over bytes for each teacher and day.
import { datePlus, eachBusy, eachShift, localDay, QUARTER, QUARTERS_A_DAY } from './calendar.mjs';
import { bytes, text } from './ids.mjs';
import { permits, whoAsks } from './session.mjs';
import { ask } from './trips.mjs';

const DAY = QUARTERS_A_DAY * QUARTER;
const DAYS = 7;

const sql = {
  school:
    'SELECT s.zone, (SELECT MIN(l.minutes + l.setup_minutes + l.buffer_minutes) FROM lesson_types l WHERE l.school_id = s.id AND l.active) FROM schools s WHERE s.id = ?',
  lessons: `SELECT STRAIGHT_JOIN b.id, b.state, t.name, b.starts_at, b.ends_at, b.setup_minutes, b.buffer_minutes, b.student_id, s.name, b.teacher_id, b.vehicle_id, v.name,
      b.trailer_id, r.name, b.facility_id, f.name, b.location_id, l.name
    FROM bookings b JOIN students s ON s.id = b.student_id JOIN lesson_types t ON t.id = b.lesson_type_id LEFT JOIN vehicles v ON v.id = b.vehicle_id
      LEFT JOIN vehicles r ON r.id = b.trailer_id LEFT JOIN facilities f ON f.id = b.facility_id LEFT JOIN locations l ON l.id = b.location_id
    WHERE b.school_id = ? AND b.starts_at > ? AND b.starts_at < ? AND b.state IN ('held', 'booked', 'completed', 'no_show')`,
  classes: "SELECT 1 FROM class_sessions WHERE school_id = ? AND starts_at > ? AND starts_at < ? AND state = 'planned'",
  exams: "SELECT 1 FROM exams WHERE school_id = ? AND starts_at > ? AND starts_at < ? AND state <> 'cancelled'",
  teachers: 'SELECT id, name, active, resource_id FROM teachers WHERE school_id = ? ORDER BY name, id',
  hours: 'SELECT teacher_id, weekday, starts, ends, valid_from, valid_until FROM working_hours WHERE school_id = ?',
  dates: 'SELECT 1 FROM day_hours WHERE school_id = ? AND date BETWEEN ? AND ?',
  closed: 'SELECT 1 FROM closing_days WHERE school_id = ? AND date BETWEEN ? AND ?',
  away: 'SELECT t.id, o.starts_at, o.ends_at FROM teachers t JOIN teachers o_t ON o_t.user_id = t.user_id JOIN time_off o ON o.school_id = o_t.school_id AND o.teacher_id = o_t.id WHERE t.school_id = ? AND o.starts_at < ? AND o.ends_at > ?',
  masks:
    'SELECT t.id, d.day, d.lo, d.hi FROM teachers t JOIN resource_days d ON d.resource_id = t.resource_id WHERE t.school_id = ? AND d.day BETWEEN ? AND ?',
};

/** @returns the week, or null when the caller has no business here, or it holds what this floor does not know */
export async function showWeek(pool, { session, school: schoolId, date }) {
  const school = bytes(schoolId);
  // Whichever zone: its week lies in these.
  const monday = Date.parse(date) - ((new Date(date).getUTCDay() + 6) % 7) * DAY;
  const [from, until] = [new Date(monday - DAY), new Date(monday + (DAYS + 1) * DAY)];
  const dates = [school, ...[from, until].map((at) => at.toISOString().slice(0, 10))];
  const between = [school, from, until];
  const [asker, [[zone, shortest]], lessons, classes, exams, teachers, hours, special, closed, away, masks] = await ask(
    pool,
    [
      [whoAsks, [bytes(session), new Date()]],
      [sql.school, [school]],
      [sql.lessons, between],
      [sql.classes, between],
      [sql.exams, between],
      [sql.teachers, [school]],
      [sql.hours, [school]],
      [sql.dates, dates],
      [sql.closed, dates],
      [sql.away, [school, until, from]],
      [sql.masks, [school, from / DAY, until / DAY]],
    ],
  );
  const isPlain = [classes, exams, special, closed].every((rows) => rows.length === 0);
  if (!permits(asker, schoolId) || !isPlain) return null;
  const days = daysOf(zone, new Date(monday).toISOString().slice(0, 10));
  const grids = new Map(teachers.map(([id, name, active]) => [text(id), new Grid(name, active === 1, days)]));
  const last = days.at(-1);
  for (const [teacher, weekday, starts, ends, validFrom, validUntil] of hours) {
    const rule = { weekday, starts, ends, validFrom, validUntil };
    eachShift(rule, zone, days[0].date, last.date, (first, end) => grids.get(text(teacher)).fill(WORKS, first, end));
  }
  for (const [teacher, starts, ends] of away)
    grids.get(text(teacher)).fill(AWAY, Math.floor(starts / QUARTER), Math.ceil(ends / QUARTER));
  for (const [teacher, day, lo, hi] of masks) {
    const grid = grids.get(text(teacher));
    eachBusy(lo, hi, (quarter) => grid.fill(BUSY, day * QUARTERS_A_DAY + quarter, day * QUARTERS_A_DAY + quarter + 1));
  }
  const entries = [];
  for (const row of lessons) {
    if (row[4] <= days[0].first * QUARTER || row[3] >= last.end * QUARTER) continue;
    const entry = entryOf(row, grids);
    entries.push(entry);
  }
  for (const entry of entries) grids.get(entry.teacher.id).take(entry);
  entries.sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  const columns = [...grids].flatMap(([id, grid]) =>
    grid.active || grid.used ? [grid.column(id, shortest / 15)] : [],
  );
  return {
    view: 'week',
    zone,
    from: days[0].date,
    until: datePlus(zone, last.date, 1),
    columns,
    entries,
    ...useOf(columns),
  };
}

const [WORKS, AWAY, BUSY, OWN] = [1, 2, 4, 8];

function daysOf(zone, monday) {
  const days = [];
  for (let date = monday; days.length < DAYS; date = days.at(-1).next) {
    const day = localDay(zone, date);
    days.push({ date, next: day.next, first: day.start / QUARTER, end: localDay(zone, day.next).start / QUARTER });
  }
  return days;
}

function entryOf(row, grids) {
  const [id, state, title, startsAt, endsAt, setupMinutes, bufferMinutes, student, studentName, teacher] = row;
  const named = (at) => row[at] && { id: text(row[at]), name: row[at + 1] };
  const teacherId = text(teacher);
  return {
    kind: 'lesson',
    id: text(id),
    state,
    title,
    startsAt,
    endsAt,
    setupMinutes,
    bufferMinutes,
    student: { id: text(student), name: studentName },
    teacher: { id: teacherId, name: grids.get(teacherId).name },
    vehicle: named(10),
    trailer: named(12),
    facility: named(14),
    location: named(16),
    conflicts: [],
  };
}

/** A teacher's week, a byte for each quarter hour. */
class Grid {
  used = false;

  constructor(name, active, days) {
    Object.assign(this, { name, active, days, first: days[0].first });
    this.flags = new Uint8Array(days.at(-1).end - this.first);
    this.begun = days.map(() => ({ entries: 0, conflicts: 0 }));
  }

  fill(flag, first, end) {
    const until = Math.min(end - this.first, this.flags.length);
    for (let at = Math.max(first - this.first, 0); at < until; at++) this.flags[at] |= flag;
  }

  take(entry) {
    this.used = true;
    const first = Math.floor((entry.startsAt - entry.setupMinutes * 60_000) / QUARTER);
    const end = Math.ceil((+entry.endsAt + entry.bufferMinutes * 60_000) / QUARTER);
    const flags = this.flags.subarray(Math.max(first - this.first, 0), end - this.first);
    if (flags.some((each) => each & AWAY)) entry.conflicts.push('time_off');
    else if (flags.some((each) => !(each & WORKS))) entry.conflicts.push('outside_hours');
    this.fill(OWN, first, end);
    const its = this.days.findIndex((day) => entry.startsAt < day.end * QUARTER);
    if (entry.startsAt < this.days[0].first * QUARTER) return;
    this.begun[its].entries += 1;
    if (entry.conflicts.length > 0) this.begun[its].conflicts += 1;
  }

  column(id, shortest) {
    const days = this.days.map((day, n) => this.day(day, n, shortest));
    return { id, name: this.name, days, ...useOf(days) };
  }

  day({ date, first, end }, n, shortest) {
    const flags = this.flags.subarray(first - this.first, end - this.first);
    const [working, timeOff, busyElsewhere, free] = [[], [], [], []];
    let [worked, claimed, used] = [0, 0, 0];
    const lists = [working, timeOff, busyElsewhere, free];
    const open = [-1, -1, -1, -1];
    for (let at = 0; at <= flags.length; at++) {
      const flag = at < flags.length ? flags[at] : 0;
      const works = (flag & (WORKS | AWAY)) === WORKS;
      if (works) worked += 1;
      if (flag & OWN) {
        claimed += 1;
        if (works) used += 1;
      }
      const is = [works, (flag & AWAY) !== 0, (flag & (BUSY | OWN)) === BUSY, works && !(flag & (BUSY | OWN))];
      for (let list = 0; list < 4; list++) {
        if (is[list]) {
          if (open[list] < 0) open[list] = at;
        } else if (open[list] >= 0) {
          const span = { startsAt: new Date((first + open[list]) * QUARTER), endsAt: new Date((first + at) * QUARTER) };
          if (list === 3)
            Object.assign(span, { minutes: (at - open[list]) * 15, fitsLesson: at - open[list] >= shortest });
          lists[list].push(span);
          open[list] = -1;
        }
      }
    }
    const sums = { workingMinutes: worked * 15, claimedMinutes: claimed * 15, usedMinutes: used * 15 };
    return { date, closed: false, working, timeOff, busyElsewhere, free, ...this.begun[n], ...useOf([sums]) };
  }
}

function useOf(parts) {
  let [workingMinutes, claimedMinutes, usedMinutes] = [0, 0, 0];
  for (const part of parts) {
    workingMinutes += part.workingMinutes;
    claimedMinutes += part.claimedMinutes;
    usedMinutes += part.usedMinutes;
  }
  const utilisation = workingMinutes === 0 ? null : Math.round((100 * usedMinutes) / workingMinutes);
  return { workingMinutes, claimedMinutes, usedMinutes, utilisation };
}
