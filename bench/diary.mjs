// The busy school's diary: taken lessons in the next two weeks, with their claims and masks, and many in the past.
import { uuidv7 } from 'uuidv7';
import { bytes } from './floors/ids.mjs';

const quarter = 15 * 60_000;
const day = 24 * 60 * 60_000;
const quartersADay = 96;
const half = 48;
const daysAhead = 15;
// Working hours are 07:00 to 19:00 in Denmark; from 06:00 UTC so many lessons of 45 minutes fit in.
const lessonsADay = 15;
const lessonQuarters = 3;

/** A small generator with a fixed seed: each run measures the same diary. */
function random(seed = 7) {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** @returns the rows of bookings, claims and resource_days */
export function diaryOf(school, { taken, past }, now) {
  const next = random();
  const today = Math.floor(now / day) * day;
  const slotOf = (ahead, lesson) => today + ahead * day + 6 * 60 * 60_000 + lesson * lessonQuarters * quarter;
  const bookings = [];
  const claims = [];
  const book = (teacher, start, state) => {
    const vehicle = school.vehicles[teacher.index % school.vehicles.length];
    const student = school.students[Math.floor(next() * school.students.length)];
    const booking = bookingOf(school, { teacher, vehicle, student, start, state }, now);
    bookings.push(booking);
    if (state === 'booked')
      for (const { resource } of [teacher, vehicle]) claims.push(...claimsOf(resource, start, booking));
  };
  for (const teacher of school.teachers) {
    for (let ahead = 1; ahead <= daysAhead; ahead++) {
      for (let lesson = 0; lesson < lessonsADay; lesson++)
        if (next() < taken) book(teacher, slotOf(ahead, lesson), 'booked');
    }
  }
  for (let n = 0; n < past; n++) {
    const lesson = Math.floor(n / school.teachers.length);
    book(
      school.teachers[n % school.teachers.length],
      slotOf(-1 - Math.floor(lesson / lessonsADay), lesson % lessonsADay),
      'completed',
    );
  }
  return { bookings, claims, masks: masksOf(claims) };
}

function bookingOf(school, { teacher, vehicle, student, start, state }, now) {
  const parties = { student_id: bytes(student.id), teacher_id: bytes(teacher.id), vehicle_id: bytes(vehicle.id) };
  const time = {
    starts_at: new Date(start),
    ends_at: new Date(start + lessonQuarters * quarter),
    setup_minutes: 0,
    buffer_minutes: 0,
  };
  const price = { price_minor: 52_500, currency: 'DKK', vat_rate_bp: 2_500 };
  const cancelling = { cancel_by: new Date(start - day), late_fee_minor: 25_000, fee_minor: 0 };
  return {
    id: bytes(uuidv7()),
    school_id: bytes(school.id),
    lesson_type_id: bytes(school.lessonType),
    ...parties,
    ...time,
    ...price,
    ...cancelling,
    state,
    version: 1,
    created_by: bytes(school.owner),
    created_at: now,
  };
}

function claimsOf(resource, start, { id, school_id }) {
  const first = start / quarter;
  return Array.from({ length: lessonQuarters }, (_, n) => ({
    resource_id: resource,
    slot: first + n,
    place: 0,
    school_id,
    claimed_by: id,
  }));
}

function masksOf(claims) {
  const masks = new Map();
  for (const { resource_id, slot } of claims) {
    const on = Math.floor(slot / quartersADay);
    const bit = slot % quartersADay;
    const key = `${resource_id}:${on}`;
    const mask = masks.get(key) ?? { resource_id, day: on, lo: 0, hi: 0 };
    // A quarter hour is claimed once, so adding sets its bit.
    if (bit < half) mask.lo += 2 ** bit;
    else mask.hi += 2 ** (bit - half);
    masks.set(key, mask);
  }
  return [...masks.values()];
}
