import { only } from './api.mjs';
import { eventually } from './outside-world.mjs';
import { check, checkEqual, tell } from './script.mjs';

const quietly = { show: false };

/** Chapter 10: the school writes its own confirmation, tells its students something, and Emil reads it in his app. */
export async function tellEverybody(stage) {
  await writeOwnText(stage);
  await announce(stage);
  await readInbox(stage);
}

async function writeOwnText({ owner, school, run }) {
  const path = `${school}/message-texts/lesson_booked/da`;
  const { standard, own } = await owner.get(path, quietly);
  const words = { ...(own ?? standard), subject: `Vi ses {{ lesson.moment }} (tour ${run})` };
  tell('A text with a variable that lessons do not have is not saved.');
  const broken = { ...words, heading: 'Hej {{ lesson.teachr }}' };
  await owner.put(path, broken, { expect: 422, show: only('code', 'errors') });
  const { subject } = await owner.post(`${path}/preview`, { text: words }, { show: only('subject') });
  check('the preview fills in an example', !subject.includes('{{') && subject.endsWith(`(tour ${run})`));
}

async function announce({ owner, school, run, world, emil, sofie }) {
  const path = `${school}/announcements`;
  const da = { subject: `Lukket i uge 7 (${run})`, text: 'Hej {{ first_name }}\n\nVi holder lukket i uge 7.' };
  const drafted = { purpose: 'service', channels: ['email'], da, audience: { status: 'active' } };
  const { id } = await owner.post(path, drafted, { show: only('id', 'state') });
  const preview = await owner.get(`${path}/${id}/preview`, { show: only('version', 'channels') });
  await owner.post(`${path}/${id}/confirm`, { version: preview.version }, { show: only('state') });
  await owner.post(`${path}/${id}/confirm`, { version: preview.version }, { expect: 409, show: only('code') });
  for (const { email } of [emil, sofie]) {
    const { text } = await world.message(email, { kind: 'email', like: new RegExp(`Lukket i uge 7 \\(${run}\\)`) });
    check('each is greeted by name', /Hej (Emil|Sofie)\b/.test(text));
  }
  const done = await eventually(60, async () => {
    const { state, progress } = await owner.get(`${path}/${id}`, quietly);
    return state === 'done' && progress;
  });
  check('the school sees that all are told', Boolean(done) && done.waiting + done.sending === 0);
}

async function readInbox({ school, emil, run }) {
  const newest = await eventually(30, async () => {
    const { items } = await emil.caller.get(`${school}/inbox?limit=5`, quietly);
    return items.find(({ heading }) => heading.includes(run));
  });
  check('Emil finds it in his app, too', newest?.readAt === null);
  await emil.caller.post(`${school}/inbox/read`, { upTo: newest.id }, quietly);
  const { unread } = await emil.caller.get(`${school}/inbox/summary`);
  checkEqual('what he has read is not new any more', unread, 0);
}
