// Fills a migrated database with one busy school: the rows the application itself would have written.
import { uuidv7 } from 'uuidv7';

const quarter = 15 * 60_000;
const day = 24 * 60 * 60_000;
const bytes = (id) => Buffer.from(id.replaceAll('-', ''), 'hex');
const half = 48;

/** A small generator with a fixed seed: each run measures the same diary. */
function random(seed = 7) {
  let state = seed;
  return () => ((state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32);
}

async function insert(db, table, columns, rows) {
  for (let at = 0; at < rows.length; at += 1_000) {
    await db.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [rows.slice(at, at + 1_000)]);
  }
}

/**
 * @param db a mysql2 connection
 * @param size teachers, vehicles, students, share of the next 14 days' lessons that are taken, and past bookings
 * @returns ids and resource ids that the load needs
 */
export async function fill(db, { teachers = 10, vehicles = 10, students = 400, taken = 0.6, past = 10_000 } = {}) {
  const now = new Date();
  const today = Math.floor(Date.now() / day) * day;
  const school = uuidv7();
  const next = random();
  let resource = 0;
  const person = () => ({ id: uuidv7(), user: uuidv7(), resource: ++resource });
  const [teacherRows, studentRows] = [Array.from({ length: teachers }, person), Array.from({ length: students }, person)];
  const vehicleRows = Array.from({ length: vehicles }, () => ({ id: uuidv7(), resource: ++resource }));
  const owner = { user: uuidv7() };
  const lessonType = uuidv7();

  await insert(db, 'schools', ['id', 'name', 'slug', 'cvr', 'email', 'phone', 'address_line', 'postcode', 'city', 'zone', 'locale', 'currency', 'reminder_lead_minutes', 'created_at'],
    [[bytes(school), 'Bench', 'bench', '10150817', 'b@example.com', '+4511111111', 'Vej 1', '2100', 'København', 'Europe/Copenhagen', 'da', 'DKK', 1440, now]]);
  const people = [...teacherRows, ...studentRows];
  await insert(db, 'users', ['id', 'email', 'name', 'locale', 'platform_admin', 'created_at'],
    [...people, owner].map(({ user }, index) => [bytes(user), `u${index}@example.com`, `Person ${index}`, 'da', 0, now]));
  await insert(db, 'memberships', ['school_id', 'user_id', 'role', 'created_at'], [
    ...teacherRows.map(({ user }) => [bytes(school), bytes(user), 'teacher', now]),
    ...studentRows.map(({ user }) => [bytes(school), bytes(user), 'student', now]),
    [bytes(school), bytes(owner.user), 'owner', now],
  ]);
  await insert(db, 'resources', ['id', 'kind', 'user_id'], [
    ...people.map((each) => [each.resource, 'person', bytes(each.user)]),
    ...vehicleRows.map((each) => [each.resource, 'vehicle', null]),
  ]);
  await insert(db, 'school_resources', ['school_id', 'resource_id'], [...people, ...vehicleRows].map((each) => [bytes(school), each.resource]));
  await insert(db, 'teachers', ['id', 'school_id', 'user_id', 'resource_id', 'name', 'email', 'licence_classes', 'active', 'schedule_version', 'created_at'],
    teacherRows.map((each, index) => [bytes(each.id), bytes(school), bytes(each.user), each.resource, `Teacher ${index}`, `t${index}@example.com`, 'B', 1, 1, now]));
  await insert(db, 'students', ['id', 'school_id', 'user_id', 'resource_id', 'name', 'email', 'licence_class', 'status', 'created_at'],
    studentRows.map((each, index) => [bytes(each.id), bytes(school), bytes(each.user), each.resource, `Student ${index}`, `s${index}@example.com`, 'B', 'active', now]));
  await insert(db, 'vehicles', ['id', 'school_id', 'resource_id', 'name', 'plate', 'licence_class', 'gearbox', 'active', 'created_at'],
    vehicleRows.map((each, index) => [bytes(each.id), bytes(school), each.resource, `Car ${index}`, `AB${10_000 + index}`, 'B', 'manual', 1, now]));
  await insert(db, 'lesson_types',
    ['id', 'school_id', 'name', 'minutes', 'price_minor', 'currency', 'vat_rate_bp', 'needs_vehicle', 'licence_class', 'setup_minutes', 'buffer_minutes', 'cancel_notice_hours', 'cancel_fee_minor', 'bookable_by_students', 'active', 'created_at'],
    [[bytes(lessonType), bytes(school), 'Lesson', 45, 52_500, 'DKK', 2_500, 1, 'B', 0, 0, 24, 25_000, 1, 1, now]]);
  await insert(db, 'working_hours', ['id', 'school_id', 'teacher_id', 'weekday', 'starts', 'ends', 'valid_from'],
    teacherRows.flatMap((each) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => [bytes(uuidv7()), bytes(school), bytes(each.id), weekday, '07:00', '19:00', '2020-01-01'])));

  const bookings = [];
  const claims = [];
  const masks = new Map();
  const book = (teacher, start, state) => {
    const booking = uuidv7();
    const index = teacherRows.indexOf(teacher);
    const student = studentRows[Math.floor(next() * students)];
    const vehicle = vehicleRows[index % vehicles];
    bookings.push([bytes(booking), bytes(school), bytes(student.id), bytes(teacher.id), bytes(vehicle.id), bytes(lessonType), new Date(start), new Date(start + 3 * quarter), 0, 0, state, 52_500, 'DKK', 2_500, new Date(start - day), 25_000, 0, 1, bytes(owner.user), now]);
    if (state !== 'booked') return;
    for (const { resource: id } of [teacher, vehicle]) {
      for (let slot = start / quarter; slot < start / quarter + 3; slot++) {
        claims.push([id, slot, 0, bytes(school), bytes(booking)]);
        const [epochDay, bit] = [Math.floor(slot / 96), slot % 96];
        const key = `${id}:${epochDay}`;
        const mask = masks.get(key) ?? { id, day: epochDay, lo: 0n, hi: 0n };
        if (bit < half) mask.lo |= 1n << BigInt(bit);
        else mask.hi |= 1n << BigInt(bit - half);
        masks.set(key, mask);
      }
    }
  };
  // 07:00 to 19:00 in Denmark lies within 06:00 to 18:00 UTC in winter; whole lessons of 45 minutes from 06:00.
  const lessonsADay = 15;
  const slotOf = (ahead, lesson) => today + ahead * day + 6 * 60 * 60_000 + lesson * 3 * quarter;
  for (const teacher of teacherRows) {
    for (let ahead = 1; ahead <= 15; ahead++) {
      for (let lesson = 0; lesson < lessonsADay; lesson++) if (next() < taken) book(teacher, slotOf(ahead, lesson), 'booked');
    }
  }
  for (let n = 0; n < past; n++) book(teacherRows[n % teachers], slotOf(-1 - Math.floor(n / teachers / lessonsADay), Math.floor(n / teachers) % lessonsADay), 'completed');

  await insert(db, 'bookings', ['id', 'school_id', 'student_id', 'teacher_id', 'vehicle_id', 'lesson_type_id', 'starts_at', 'ends_at', 'setup_minutes', 'buffer_minutes', 'state', 'price_minor', 'currency', 'vat_rate_bp', 'cancel_by', 'late_fee_minor', 'fee_minor', 'version', 'created_by', 'created_at'], bookings);
  await insert(db, 'claims', ['resource_id', 'slot', 'place', 'school_id', 'claimed_by'], claims);
  await insert(db, 'resource_days', ['resource_id', 'day', 'lo', 'hi'], [...masks.values()].map(({ id, day: on, lo, hi }) => [id, on, lo.toString(), hi.toString()]));

  const session = uuidv7();
  await insert(db, 'sessions', ['id', 'user_id', 'created_at', 'expires_at'], [[bytes(session), bytes(owner.user), now, new Date(Date.now() + 30 * day)]]);
  await db.query('ANALYZE TABLE bookings, claims, resource_days, working_hours, students, teachers, vehicles');
  return { school, owner: owner.user, session, lessonType, teachers: teacherRows, vehicles: vehicleRows, students: studentRows, bookings: bookings.length };
}
