import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { ReconcilePayments } from '../../../src/modules/finance/jobs/reconcile-payments.js';
import { idFromBytes, type Id } from '../../../src/platform/values/id.js';
import { Verification } from '../../../src/platform/verification/verification.js';
import {
  brokenPromises,
  doubleBooked,
  lessons,
  openDeliveries,
  wrongClaims,
  wrongEvents,
  wrongMessages,
} from '../../histories/proofs.js';
import type { TestApp } from '../../support/app.js';
import { until } from '../../support/until.js';
import type { Shop } from './shop.js';
import type { Transcript } from './transcript.js';

interface Case {
  readonly test: TestApp;
  readonly shop: Shop;
  readonly transcript: Transcript;
}

/**
 * What the rows, the gateway and the mailboxes say, held against what the clients were told: nothing that was answered is lost,
 * nothing was done twice, nothing is left half done. Ask when `untilDone()` has ended.
 * @returns a line for each thing that is wrong
 */
export async function judge(theCase: Case): Promise<string[]> {
  const { test, shop, transcript } = theCase;
  const db = await connectionTo(test);
  try {
    const booked = await lessons(db);
    const verdicts = await shop.school.run(() =>
      test.app.get(Verification, { strict: false }).ofSchool(shop.school.id),
    );
    return [
      ...transcript.errors,
      ...verdicts.flatMap(({ findings }) => findings),
      ...doubleBooked(booked),
      ...(await wrongClaims(db, booked)),
      ...brokenPromises(booked, transcript),
      ...differences('lessons', idsOf(booked), transcript.bookings.keys()),
      ...(await wrongEvents(db, transcript)),
      ...(await wrongMessages(db, transcript)),
      ...(await openDeliveries(db)),
      ...(await wrongMoney(db, theCase)),
      ...(await wrongMail(db, theCase)),
      ...(await limbo(db)),
    ];
  } finally {
    await db.end();
  }
}

/** Waits until all deliveries are done and the gateway was asked about what is open. @returns how long that took, in milliseconds */
export async function untilDone({ test }: { readonly test: TestApp }, seconds = 60): Promise<number> {
  const began = Date.now();
  await until(() => isQuiet(test), seconds);
  const took = Date.now() - began;
  // As the schedule would within minutes: the gateway is asked about whatever has no outcome yet.
  await test.app.get(ReconcilePayments, { strict: false }).run(new Date(Date.now() + 3_600_000));
  await until(() => isQuiet(test), seconds);
  return took;
}

async function isQuiet(test: TestApp): Promise<boolean> {
  const db = await connectionTo(test);
  try {
    const [open] = await rows(
      db,
      `SELECT (SELECT COUNT(*) FROM outbox_deliveries WHERE state = 'open') +
        (SELECT COUNT(*) FROM messages WHERE state IN ('queued', 'sending')) AS open`,
    );
    return Number(open!['open']) === 0;
  } finally {
    await db.end();
  }
}

async function wrongMoney(db: Connection, { test, transcript }: Case): Promise<string[]> {
  const idsIn = async (statement: string) => idsOf(await rows(db, statement).then(withIds));
  const paid = await rows(
    db,
    `SELECT id, received_minor AS received, refunded_minor AS refunded FROM payments WHERE state = 'succeeded'`,
  );
  const ours = paid.map(
    ({ id, ...sums }) => `${idFromBytes(id as Buffer)}: ${sums['received']}, ${sums['refunded']} back`,
  );
  const theirs = [...test.sandbox.stripe.account.charges.values()].map(
    (charge) => `${charge.metadata['payment_id']}: ${charge.amount}, ${charge.amount_refunded} back`,
  );
  return [
    ...differences(
      'charges',
      await idsIn(`SELECT id FROM charges WHERE description = 'Kørelektion'`),
      transcript.charges,
    ),
    ...differences('invoices', await idsIn('SELECT id FROM invoices'), transcript.invoices),
    ...differences('payments', idsOf(withIds(paid)), transcript.paid),
    ...differences(
      'refunds',
      await idsIn(`SELECT id FROM refunds WHERE state = 'succeeded'`),
      transcript.refunds.keys(),
    ),
    ...differences('the gateway’s books', theirs, ours),
  ];
}

/**
 * Every message that was sent has arrived, and none of them twice; a letter that came twice under one Message-ID is one. Of one that
 * was dropped because it was not true any more when it was tried again, nobody knows whether it had gone the first time.
 */
async function wrongMail(db: Connection, { test }: Case): Promise<string[]> {
  const found = await rows(
    db,
    'SELECT channel, state, COUNT(*) AS n, COALESCE(SUM(attempts > 1), 0) AS again FROM messages GROUP BY channel, state',
  );
  const count = (channel: string, state: string, what: 'n' | 'again') =>
    Number(found.find((row) => row['channel'] === channel && row['state'] === state)?.[what] ?? 0);
  const letters = new Set([...test.sandbox.mail.mailbox.values()].map(({ messageId }) => messageId)).size;
  const arrived = { email: letters, sms: test.sandbox.twilio.received().length };
  return [
    ...found
      .filter(({ state }) => !['sent', 'dropped'].includes(state as string))
      .map(({ channel, state, n }) => `${n} messages by ${channel} are ${state}`),
    ...Object.entries(arrived).flatMap(([channel, n]) => {
      const sent = count(channel, 'sent', 'n');
      const isRight = n >= sent && n <= sent + count(channel, 'dropped', 'again');
      return isRight ? [] : [`${sent} messages by ${channel} were sent, ${n} arrived`];
    }),
  ];
}

/** What nothing in the application would ever look at again. */
async function limbo(db: Connection): Promise<string[]> {
  const [found] = await rows(
    db,
    `SELECT (SELECT COUNT(*) FROM stored_answers WHERE status IS NULL) AS answers,
      (SELECT COUNT(*) FROM payments WHERE settled_at IS NULL AND next_check_at IS NULL) AS payments,
      (SELECT COUNT(*) FROM refunds WHERE settled_at IS NULL) AS refunds`,
  );
  return Object.entries(found!).flatMap(([what, n]) => (Number(n) === 0 ? [] : [`${n} ${what} are in limbo`]));
}

function differences(what: string, found: readonly string[], told: Iterable<string>): string[] {
  const expected = new Set(told);
  const extra = found.filter((each) => !expected.delete(each));
  return [
    ...[...expected].map((each) => `${what}: ${each} was answered and is not there`),
    ...extra.map((each) => `${what}: ${each} is there and was never answered`),
  ];
}

function idsOf(things: readonly { readonly id: Id }[]): Id[] {
  return things.map(({ id }) => id);
}

function withIds(found: readonly RowDataPacket[]): { id: Id }[] {
  return found.map(({ id }) => ({ id: idFromBytes(id as Buffer) }));
}

async function rows(db: Connection, statement: string): Promise<RowDataPacket[]> {
  const [found] = await db.query<RowDataPacket[]>(statement);
  return found;
}

function connectionTo({ databaseUrl }: TestApp): Promise<Connection> {
  return createConnection({ uri: databaseUrl.replace(/^mariadb:/, 'mysql:'), timezone: 'Z', connectTimeout: 5_000 });
}
