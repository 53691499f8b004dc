import { only } from './api.mjs';
import { check, tell } from './script.mjs';

const password = 'tour: red light, green light';
const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '23:45' }));

/** Chapter 1. @returns everybody and everything the story needs */
export async function setUpSchool({ anybody, world, run }, login) {
  const session = await anybody.post('/v1/auth/login', login, { show: only('user', 'memberships') });
  const owner = anybody.as(session.accessToken);
  const school = `/v1/schools/${session.memberships.find(({ role }) => role === 'owner').schoolId}`;
  const settings = await owner.get(school, { show: only('name', 'zone', 'lessonReminders') });
  tell('Text messages wait at night; not tonight, as the tour may be taken at any hour.');
  await owner.patch(school, { quietFrom: '00:00', quietUntil: '00:00' }, { show: only('quietFrom', 'quietUntil') });

  const teacher = person(run, 'Tove Krogh', 'tove', 1);
  const added = await owner.post(`${school}/teachers`, { ...teacher, licenceClasses: ['B'], workingHours: everyDay });
  const vehicle = await owner.post(`${school}/vehicles`, {
    name: `Golf ${run}`,
    plate: newPlate(),
    licenceClass: 'B',
    gearbox: 'manual',
  });
  const lessonType = await owner.post(`${school}/lesson-types`, lessonTypeOf(run));

  const [sofie, emil] = [person(run, 'Sofie Ærø', 'sofie', 2), person(run, 'Emil Bak', 'emil', 3)];
  for (const student of [sofie, emil]) {
    student.id = (
      await owner.post(`${school}/students`, { ...student, licenceClass: 'B' }, { show: only('id', 'name', 'status') })
    ).id;
  }
  tell('Each gets an invitation by e-mail and chooses a password.');
  for (const invited of [sofie, emil, teacher]) invited.caller = await acceptInvitation(anybody, world, invited);
  return { owner, school, settings, vehicle, lessonType, sofie, emil, teacher: { ...teacher, id: added.id } };
}

async function acceptInvitation(anybody, world, { email }) {
  const mail = await world.message(email, { kind: 'email', like: /Velkommen/ });
  const token = new URLSearchParams(/#(\S+)/.exec(mail.text)?.[1]).get('token');
  check('the invitation carries a link with a token', Boolean(token));
  const session = await anybody.post('/v1/auth/invitations/accept', { token, password }, { show: only('user') });
  await anybody.post('/v1/auth/invitations/accept', { token, password }, { expect: 422, show: only('code') });
  check('the token works once', true);
  return anybody.as(session.accessToken);
}

/** Puts the school back as it was, so that the tour can be taken again. */
export async function closeUp({ owner, school, settings, vehicle, lessonType, teacher }) {
  if (!owner) return;
  tell('Putting the school back as it was.');
  const quietly = { show: false };
  const { lessonReminders, quietFrom, quietUntil } = settings;
  await owner.patch(school, { lessonReminders, quietFrom, quietUntil }, quietly);
  await owner.patch(`${school}/teachers/${teacher.id}`, { active: false }, quietly);
  await owner.patch(`${school}/vehicles/${vehicle.id}`, { active: false }, quietly);
  await owner.patch(`${school}/lesson-types/${lessonType.id}`, { active: false }, quietly);
}

function person(run, name, mailbox, index) {
  const number = String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0');
  return { name, email: `${mailbox}.${run}@tour.example`, phone: `+452${index}${number}` };
}

function newPlate() {
  const letter = () => String.fromCharCode(65 + Math.floor(Math.random() * 26));
  return `${letter()}${letter()} ${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`;
}

function lessonTypeOf(run) {
  return {
    name: `Køretime B (tour ${run})`,
    minutes: 45,
    price: { amount: 65_000, currency: 'DKK' },
    vatRateBp: 2_500,
    needsVehicle: true,
    licenceClass: 'B',
    setupMinutes: 0,
    bufferMinutes: 0,
    cancelNoticeHours: 24,
    cancelFee: { amount: 30_000, currency: 'DKK' },
    bookableByStudents: true,
  };
}
