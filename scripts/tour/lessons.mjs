import { setTimeout as sleep } from 'node:timers/promises';
import { only } from './api.mjs';
import { check, checkEqual, tell } from './script.mjs';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Chapter 2. @returns the booking */
export async function bookALesson({ sofie, emil, ...place }) {
  const { school, teacher, vehicle, lessonType } = place;
  const times = await freeTimes({
    ...place,
    student: sofie,
    from: Date.now() + 26 * hour,
    until: Date.now() + 13 * day,
  });
  check('there are free times in the next 14 days', times.length > 3);
  const wish = {
    lessonTypeId: lessonType.id,
    teacherId: teacher.id,
    vehicleId: vehicle.id,
    startsAt: times.find(inDaytime(place)).startsAt,
  };
  const booking = await sofie.caller.post(`${school}/bookings`, wish);
  tell('Emil wants the same time.');
  const problem = await emil.caller.post(`${school}/bookings`, wish, { expect: 409 });
  checkEqual(
    'the answer says what is busy',
    [problem.code, problem.busy.toSorted()],
    ['booking.slot_taken', ['teacher', 'vehicle']],
  );
  checkEqual('and offers three other times', problem.alternatives.length, 3);
  check('and tells nothing about who has it', !JSON.stringify(problem).includes('Sofie'));
  return booking;
}

/** Chapter 5, the first half: the office writes down a lesson that has begun, and its teacher completes it. */
export async function completeALesson({ owner, school, settings, sofie, teacher, vehicle, lessonType }) {
  const startsAt = lastQuarterToday(settings.zone).toISOString();
  const wish = {
    lessonTypeId: lessonType.id,
    teacherId: teacher.id,
    vehicleId: vehicle.id,
    studentId: sofie.id,
    startsAt,
  };
  const { id } = await owner.post(`${school}/bookings`, wish, { show: only('id', 'state', 'startsAt') });
  await sofie.caller.post(`${school}/bookings/${id}/complete`, {}, { expect: 403, show: only('code') });
  const completed = await teacher.caller.post(`${school}/bookings/${id}/complete`, {}, { show: only('id', 'state') });
  checkEqual('its teacher, and not the student, completes it', completed.state, 'completed');
}

/** Chapter 5, the second half. */
export async function cancelLessons(stage) {
  const { world, sofie } = stage;
  const early = await bookAt(stage, sofie, Date.now() + 3 * day);
  const inTime = await cancel(stage, sofie, early);
  checkEqual('cancelling in time is free', inTime.fee.amount, 0);
  const late = await bookAt(stage, sofie, Date.now() + 2 * hour);
  const tooLate = await cancel(stage, sofie, late);
  checkEqual('cancelling too late costs the fee', tooLate.fee, stage.lessonType.cancelFee);
  await world.message(sofie.email, { kind: 'email', like: /Aflyst[\s\S]*300,00 kr\./ });
}

/**
 * Chapter 6. A lesson gets its reminder when the school's lead time before it is reached. So: Emil books the next free time and
 * cancels it, Sofie books the same, and the lead time is set a little shorter than the time that is left.
 */
export async function remind(stage) {
  const { owner, school, world, sofie, emil } = stage;
  const cancelled = await bookAt(stage, emil, Date.now() + 10 * minute);
  await cancel(stage, emil, cancelled);
  const kept = await bookAt(stage, sofie, Date.parse(cancelled.startsAt));
  const leadMinutes = Math.floor((Date.parse(kept.startsAt) - Date.now()) / minute);
  await owner.patch(school, { lessonReminders: [leadMinutes] }, { show: only('lessonReminders') });
  tell('Within a minute and a half the reminder is due.');
  await world.message(sofie.email, { kind: 'email', like: reminder, seconds: 120 });
  await world.message(sofie.phone, { kind: 'sms', like: reminder });
  tell('And half a minute later:');
  await sleep(30_000);
  checkEqual('Sofie has one e-mail', (await world.messages(sofie.email)).filter(isReminder).length, 1);
  checkEqual('and one SMS', (await world.messages(sofie.phone)).filter(isReminder).length, 1);
  checkEqual('Emil, who cancelled, has none', (await world.messages(emil.email)).filter(isReminder).length, 0);
  const show = ({ items }) => items.map(({ kind, channel, state }) => `${kind} ${channel} ${state}`).join(', ');
  const log = await owner.get(`${school}/messages?studentId=${sofie.id}`, { show });
  const sent = log.items
    .filter(({ kind, state }) => kind === 'lesson_reminder' && ['sent', 'delivered'].includes(state))
    .map(({ subjectId, channel }) => `${subjectId} ${channel}`);
  checkEqual('the delivery log says the same', sent.toSorted(), [`${kept.id} email`, `${kept.id} sms`]);
}

const reminder = /Husk/;
const isReminder = ({ subject, text }) => reminder.test(subject || text);

/**
 * Chapter 8. Three hours ahead, so that the offer goes out by day and by night. Sofie has her two lessons of the day already: the
 * office gives her one more, with a reason.
 */
export async function offerFreedTime(stage) {
  const { owner, school, settings, world, sofie, emil, teacher, vehicle, lessonType } = stage;
  const from = Date.now() + 3 * hour;
  const [{ startsAt }] = await freeTimes({ ...stage, student: emil, from, until: from + day });
  const wish = {
    lessonTypeId: lessonType.id,
    teacherId: teacher.id,
    vehicleId: vehicle.id,
    studentId: sofie.id,
    startsAt,
  };
  const show = only('id', 'state', 'startsAt');
  const given = await owner.post(`${school}/bookings`, { ...wish, override: { reason: 'Prøve i morgen' } }, { show });
  const wait = { lessonTypeId: lessonType.id, teacherId: teacher.id };
  await emil.caller.post(`${school}/waiting-list`, wait, { show: only('id', 'state') });
  await cancel(stage, sofie, given);
  await world.message(emil.email, { kind: 'email', like: /Ledig tid/ });
  const { items } = await emil.caller.get(`${school}/offers`, { show: false });
  checkEqual('Emil is offered the time that became free', items[0].choices[0].startsAt, startsAt);
  await emil.caller.post(`${school}/offers/${items[0].id}/accept`, { startsAt }, { show });
  const date = localDate(Date.parse(startsAt), settings.zone);
  const week = await owner.get(`${school}/diary?view=week&date=${date}&teacherId=${teacher.id}`, {
    show: ({ entries }) =>
      entries.map(({ startsAt: at, title, student }) => `${at} ${title}: ${student?.name}`).join(', '),
  });
  const entry = week.entries.find((each) => each.startsAt === startsAt && each.state === 'booked');
  checkEqual("and the teacher's week shows him there", entry?.student?.name, emil.name);
}

export async function bookAt(stage, student, from) {
  const [time] = await freeTimes({ ...stage, student, from, until: from + day });
  return book(stage, student, time);
}

function book({ school, teacher, vehicle, lessonType }, student, { startsAt }) {
  const wish = { lessonTypeId: lessonType.id, teacherId: teacher.id, vehicleId: vehicle.id, startsAt };
  return student.caller.post(`${school}/bookings`, wish, { show: only('id', 'state', 'startsAt', 'cancelBy') });
}

function cancel({ school }, student, { id }) {
  return student.caller.post(
    `${school}/bookings/${id}/cancel`,
    { reason: 'Syg' },
    { show: only('id', 'state', 'fee') },
  );
}

/** Free times from an instant on; the API asks by dates, so a page is read and what is too early left out. */
async function freeTimes({ school, settings, teacher, vehicle, lessonType, student, from, until }) {
  const dates = { from: localDate(from, settings.zone), until: localDate(until + day, settings.zone) };
  const query = new URLSearchParams({
    lessonTypeId: lessonType.id,
    teacherId: teacher.id,
    vehicleId: vehicle.id,
    limit: '200',
    ...dates,
  });
  const show = ({ items }) => items.slice(0, 2).map(only('startsAt', 'teacherName'));
  const { items } = await student.caller.get(`${school}/free-times?${query}`, { show });
  return items.filter(({ startsAt }) => Date.parse(startsAt) >= from);
}

function inDaytime({ settings: { zone } }) {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return ({ startsAt }) =>
    clock.format(Date.parse(startsAt)) >= '09:00' && clock.format(Date.parse(startsAt)) < '16:00';
}

function localDate(instant, zone) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant);
}

/** The last quarter hour that has begun, but early enough for the lesson to end before the working day does. */
function lastQuarterToday(zone) {
  const quarter = 15 * minute;
  const start = Math.floor(Date.now() / quarter) * quarter;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(start);
  return new Date(clock > '23:00' ? start - 45 * minute : start);
}
