import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { AnnouncementAudit } from '../../src/modules/notifications/announcements/queries/announcement-audit.js';
import { bin } from '../../src/platform/database/query.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Stage } from './stage.js';

const words = { subject: 'Lukket i uge 7', text: 'Vi holder lukket.', sms: 'Lukket i uge 7.' };

let test: TestApp;
let stage: Stage;
let sent: Id;
let draft: Id;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'bevis');
  const owner = await stage.owner();
  await stage.student();
  const write = async (): Promise<Id> => {
    const body = { purpose: 'service', channels: ['email', 'sms'], da: words, en: words };
    return (await stage.post(owner, 'announcements', body).expect(201)).body.id;
  };
  [sent, draft] = [await write(), await write()];
  await stage.post(owner, `announcements/${sent}/confirm`, { version: 1 }).expect(202);
  await test.settle();
});
afterAll(() => test.close());

const findings = () => stage.inside(() => stage.get(AnnouncementAudit).verify());
const run = (statement: ReturnType<typeof sql>) => statement.execute(test.em.fork().getKysely());
const change = (id: Id, set: string) => run(sql`UPDATE announcements SET ${sql.raw(set)} WHERE id = ${bin(id)}`);
const waits = (id: Id) =>
  run(
    sql`INSERT INTO announcement_recipients (announcement_id, channel, user_id, school_id)
      VALUES (${bin(id)}, 'email', ${bin(newId())}, ${bin(stage.schoolId)})`,
  );

const onlyWhileMade = 'somebody waits for an announcement only while its messages are being made';
const noMore = 'an announcement has no more messages than it was confirmed for';
const known = 'an announcement knows from its confirmation on how many it is for';

const breaches: [string, () => Id, () => Promise<unknown>][] = [
  [onlyWhileMade, () => sent, () => change(sent, 'email_recipients = 2').then(() => waits(sent))],
  [
    onlyWhileMade,
    () => sent,
    () => change(sent, "email_recipients = 2, all_queued_at = NULL, state = 'cancelled'").then(() => waits(sent)),
  ],
  [noMore, () => sent, () => change(sent, 'email_recipients = 0')],
  [noMore, () => sent, () => change(sent, 'sms_recipients = 0')],
  [noMore, () => sent, () => change(sent, 'all_queued_at = NULL').then(() => waits(sent))],
  [known, () => draft, () => change(draft, 'email_recipients = 3')],
  [known, () => draft, () => change(draft, 'sms_recipients = 3')],
];

it.each(breaches)('finds a breach of: %s', async (check, subject, breach) => {
  expect(await findings()).toEqual([]);
  await breach();
  expect(await findings()).toEqual([expect.stringContaining(`${check}: ${subject()}`)]);
  await run(sql`DELETE FROM announcement_recipients WHERE school_id = ${bin(stage.schoolId)}`);
  await change(sent, "state = 'sending', all_queued_at = confirmed_at, email_recipients = 1, sms_recipients = 1");
  await change(draft, 'email_recipients = NULL, sms_recipients = NULL');
  expect(await findings()).toEqual([]);
});

it('finds nothing while the messages of one are still to be made', async () => {
  await change(sent, 'email_recipients = 2, all_queued_at = NULL');
  await waits(sent);
  expect(await findings()).toEqual([]);
});
