// Fills a migrated database with one busy school: the rows the application itself would have written.
import { uuidv7 } from 'uuidv7';
import { diaryOf } from './diary.mjs';
import { bytes } from './floors/ids.mjs';

const day = 24 * 60 * 60_000;

/**
 * @param db a mysql2 connection
 * @param size teachers, vehicles, students, share of the next 15 days' lessons that are taken, and past bookings
 * @returns ids and resource ids that the load needs
 */
export async function fill(db, { teachers = 10, vehicles = 10, students = 400, taken = 0.6, past = 10_000 } = {}) {
  const school = {
    ...peopleAndCars({ teachers, vehicles, students }),
    id: uuidv7(),
    lessonType: uuidv7(),
    session: uuidv7(),
  };
  const now = new Date();
  await insertSchool(db, school, now);
  await insertPeople(db, school, now);
  await insertResources(db, school, now);
  const { bookings, claims, masks } = diaryOf(school, { taken, past }, now);
  await insert(db, 'bookings', bookings);
  await insert(db, 'claims', claims);
  await insert(db, 'resource_days', masks);
  return {
    school: school.id,
    session: school.session,
    lessonType: school.lessonType,
    teachers: school.teachers,
    students: school.students,
  };
}

function peopleAndCars({ teachers, vehicles, students }) {
  let resource = 0;
  const some = (count, make) =>
    Array.from({ length: count }, (_, index) => ({ ...make(), index, resource: ++resource }));
  const person = () => ({ id: uuidv7(), user: uuidv7() });
  return {
    owner: uuidv7(),
    teachers: some(teachers, person),
    students: some(students, person),
    vehicles: some(vehicles, () => ({ id: uuidv7() })),
  };
}

async function insertSchool(db, { id, lessonType }, now) {
  const address = { address_line: 'Vej 1', postcode: '2100', city: 'København' };
  const settings = { zone: 'Europe/Copenhagen', locale: 'da', currency: 'DKK' };
  const contact = { cvr: '10150817', email: 'bench@example.com', phone: '+4511111111' };
  await insert(db, 'schools', [
    { id: bytes(id), name: 'Bench', slug: 'bench', ...contact, ...address, ...settings, created_at: now },
  ]);
  const price = {
    price_minor: 52_500,
    currency: 'DKK',
    vat_rate_bp: 2_500,
    cancel_notice_hours: 24,
    cancel_fee_minor: 25_000,
  };
  const time = { minutes: 45, setup_minutes: 0, buffer_minutes: 0 };
  const rules = { needs_vehicle: 1, licence_class: 'B', bookable_by_students: 1, active: 1 };
  const type = {
    id: bytes(lessonType),
    school_id: bytes(id),
    name: 'Lesson',
    ...time,
    ...price,
    ...rules,
    created_at: now,
  };
  await insert(db, 'lesson_types', [type]);
}

async function insertPeople(db, { id, owner, session, teachers, students }, now) {
  const school_id = bytes(id);
  const users = [...teachers, ...students].map(({ user }) => user).concat(owner);
  const user = (each, n) => ({
    id: bytes(each),
    email: `u${n}@example.com`,
    name: `Person ${n}`,
    locale: 'da',
    platform_admin: 0,
  });
  await insert(
    db,
    'users',
    users.map((each, n) => ({ ...user(each, n), created_at: now })),
  );
  const member = (role) => (each) => ({ school_id, user_id: bytes(each), role, created_at: now });
  await insert(db, 'memberships', [
    ...teachers.map(({ user: each }) => member('teacher')(each)),
    ...students.map(({ user: each }) => member('student')(each)),
    member('owner')(owner),
  ]);
  const expires_at = new Date(now.getTime() + 30 * day);
  await insert(db, 'sessions', [{ id: bytes(session), user_id: bytes(owner), created_at: now, expires_at }]);
}

async function insertResources(db, { id, teachers, students, vehicles }, now) {
  const school_id = bytes(id);
  const all = [...teachers, ...students, ...vehicles];
  const kind = ({ user }) => ({ kind: user ? 'person' : 'vehicle', user_id: user ? bytes(user) : null });
  await insert(
    db,
    'resources',
    all.map((each) => ({ id: each.resource, ...kind(each) })),
  );
  await insert(
    db,
    'school_resources',
    all.map(({ resource }) => ({ school_id, resource_id: resource })),
  );
  const owned = (each, name) => ({
    id: bytes(each.id),
    school_id,
    resource_id: each.resource,
    name: `${name} ${each.index}`,
    created_at: now,
  });
  const reached = (each, letter) => ({ user_id: bytes(each.user), email: `${letter}${each.index}@example.com` });
  const teacher = (each) => ({
    ...owned(each, 'Teacher'),
    ...reached(each, 't'),
    licence_classes: 'B',
    active: 1,
    schedule_version: 1,
  });
  const student = (each) => ({
    ...owned(each, 'Student'),
    ...reached(each, 's'),
    licence_class: 'B',
    status: 'active',
  });
  const vehicle = (each) => ({
    ...owned(each, 'Car'),
    plate: `AB${10_000 + each.index}`,
    licence_class: 'B',
    gearbox: 'manual',
    active: 1,
  });
  await insert(db, 'teachers', teachers.map(teacher));
  await insert(db, 'students', students.map(student));
  await insert(db, 'vehicles', vehicles.map(vehicle));
  const hours = { starts: '07:00', ends: '19:00', valid_from: '2020-01-01' };
  const week = ({ id: teacherId }) =>
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      id: bytes(uuidv7()),
      school_id,
      teacher_id: bytes(teacherId),
      weekday,
      ...hours,
    }));
  await insert(db, 'working_hours', teachers.flatMap(week));
}

async function insert(db, table, rows) {
  const columns = Object.keys(rows[0]);
  for (let at = 0; at < rows.length; at += 1_000) {
    const values = rows.slice(at, at + 1_000).map((row) => columns.map((column) => row[column]));
    await db.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [values]);
  }
}
