import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import type { Response } from 'supertest';
import { Audit } from '../../src/platform/audit/audit.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { acrossSchools } from '../../src/platform/tenancy/tenancy.js';
import { partnerCaller, platformAdmin, type Caller, type TestSchool } from '../support/test-school.js';
import { krone, Till } from './till.js';

interface Parameter {
  readonly name: string;
  readonly schema?: { readonly enum?: readonly string[]; readonly default?: string };
}

interface SortedList {
  readonly id: string;
  /** Who asks for it, and where. */
  readonly caller: Caller;
  readonly path: string;
  readonly sorts: readonly string[];
  readonly defaultSort: string;
}

let till: Till;
let admin: Caller;
let partner: Caller;
let lists: SortedList[];

beforeAll(async () => {
  till = await Till.open();
  admin = await platformAdmin(till.test);
  partner = await partnerCaller(till.test, admin, ['events.subscribe']);
  await fill();
  lists = await sortedLists();
});
afterAll(() => till.close());

// Lists that need to be told what of.
const told: Record<string, (teacherId: string) => string> = {
  listTimeOff: (teacherId) => `/teachers/${teacherId}/time-off`,
  listDayHours: (teacherId) => `/teachers/${teacherId}/day-hours`,
  listBookings: () => '/bookings?from=2026-12-01&until=2026-12-20',
  listExams: () => '/exams?from=2026-12-01&until=2026-12-20',
};

/** Every list of the document that may be sorted and needs no id but the school's, and those told about. */
async function sortedLists(): Promise<SortedList[]> {
  const { body } = await till.test.http.get('/openapi.json').expect(200);
  const { nord } = till;
  const ofSchool = '/v1/schools/{schoolId}';
  return Object.entries(body.paths as Record<string, { get?: { operationId: string; parameters?: Parameter[] } }>)
    .map(([path, { get }]) => {
      const { operationId: id = '', parameters = [] } = get ?? {};
      const { enum: sorts = [], default: defaultSort = '' } =
        parameters.find(({ name }) => name === 'sort')?.schema ?? {};
      const isOfSchool = path.startsWith(ofSchool);
      const own = told[id]?.(nord.teacher.id) ?? (isOfSchool ? path.slice(ofSchool.length) : path);
      const elsewhere = path.startsWith('/partner/') ? partner : admin;
      return { id, caller: isOfSchool ? nord.owner : elsewhere, path: own, sorts, defaultSort };
    })
    .filter(({ sorts, path }) => sorts.length > 0 && !path.includes('{'));
}

const queryOf = ({ path }: SortedList, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** Three or more of everything, with equal names and times among them. */
async function fill(): Promise<void> {
  const { nord, test } = till;
  for (let i = 0; i < 3; i++) {
    const { student, invoiceId } = await till.invoiced();
    await till.pay((await till.checkout(student, invoiceId)).url);
  }
  await test.settle();
  test.clock.set('2026-11-20T08:00:00Z');
  const theory = { enabled: true, linkOnEnrolment: false, accountNumber: 'ks-1042' };
  await nord.owner.put('/theory-settings', theory).expect(200);
  for (const [i, name] of ['Ærø', 'Åse', 'Ærø'].entries()) {
    await nord.addTeacher(`lists${i}@nord.example`, { name });
    await nord.enrol(`lists${i}@student.example`, { name });
    await nord.owner
      .post('/vehicles', { name, plate: `CD 1234${i}`, licenceClass: 'B', gearbox: 'manual' })
      .expect(201);
    await nord.owner.post('/locations', { name, kind: 'branch' }).expect(201);
    await nord.owner.post('/facilities', { name, kind: 'room', places: 1 }).expect(201);
    const time = { startsAt: `2026-12-2${2 - i}T08:00:00Z`, endsAt: `2026-12-2${2 - i}T12:00:00Z` };
    await nord.owner.post(`/teachers/${nord.teacher.id}/time-off`, time).expect(201);
    const date = `2026-12-2${6 - i}`;
    await nord.owner.put(`/teachers/${nord.teacher.id}/day-hours`, { date, hours: [] }).expect(200);
    await nord.owner.post('/closing-days', { days: [{ date, name }] }).expect(201);
    const { body } = await nord.owner.get(`/lesson-types/${nord.lessonTypeId}`).expect(200);
    const { id: _, active: __, ...lessonType } = body;
    await nord.owner.post('/lesson-types', { ...lessonType, name }).expect(201);
    await nord.owner.post('/invoice-drafts', { studentId: nord.student.id }).expect(201);
    const lesson = {
      lessonTypeId: nord.lessonTypeId,
      startsAt: `2026-12-0${3 - i}T09:00:00Z`,
      studentId: nord.student.id,
    };
    await nord.owner.post('/bookings', lesson).expect(201);
    const series = { weekdays: [1, 3], time: '14:00', from: `2027-01-${11 + 7 * i}`, count: 2 };
    await nord.owner.post('/booking-series', { ...lesson, startsAt: undefined, ...series }).expect(201);
    const voucher = { code: `V${i}`, kind: 'percentage', percentBp: 1000, validFrom: '2026-01-01' };
    await nord.owner.post('/discounts', voucher).expect(201);
    const { body: product } = await nord.owner.post('/products', { code: `P${i}`, name }).expect(201);
    const listed = { validFrom: '2026-01-01', gross: krone(100), vatRateBp: 2500 };
    await nord.owner.post(`/products/${product.id}/prices`, listed).expect(201);
    const parts = [{ productId: product.id, quantity: 1 }];
    const { body: offer } = await nord.owner
      .post('/packages', { name, price: krone(90), validMonths: 12, parts })
      .expect(201);
    await nord.owner.post(`/students/${nord.student.id}/packages`, { packageId: offer.id }).expect(201);
    const inParts = { chargeIds: [await till.charge(nord.student.id)], count: 2, firstDueOn: '2027-06-01' };
    await nord.owner.post(`/students/${nord.student.id}/instalment-plans`, inParts).expect(201);
    await nord.owner.post('/calendar-feeds', { kind: 'school' }).expect(201);
    const hooks = { url: `${test.sandbox.url}/receiver/lists`, eventTypes: ['student.left'] };
    const { body: endpoint } = await nord.owner.post('/webhook-endpoints', hooks).expect(201);
    await nord.owner.post(`/webhook-endpoints/${endpoint.id}/test`).expect(201);
    const { body: partners } = await partner.post('/partner/v1/webhook-endpoints', hooks).expect(201);
    await partner.post(`/partner/v1/webhook-endpoints/${partners.id}/test`).expect(201);
    const learning = await nord.enrol(`theory${i}@student.example`);
    await nord.owner.post(`/students/${learning.id}/theory-link`).expect(202);
    const examined = await nord.enrol(`exam${i}@student.example`);
    const exam = { studentId: examined.id, kind: 'theory', minutes: 60, place: 'Herlev' };
    await nord.owner.post('/exams', { ...exam, startsAt: `2026-12-0${3 - i}T09:00:00Z` }).expect(201);
    await nord.owner.post('/leads', { source: 'phone', name, phone: `+452099999${i}` }).expect(201);
    const partnerKey = { partner: 'findkoreskole', name, scopes: ['leads.write'] };
    await admin.post('/v1/partner-keys', partnerKey).expect(201);
    await nord.owner.post('/dunning-pauses', { studentId: nord.student.id, reason: name }).expect(201);
    const { body: cashTill } = await nord.owner.post('/cash-tills', { name }).expect(201);
    await nord.owner.post(`/cash-tills/${cashTill.id}/sessions`, { float: krone(0) }).expect(201);
    const bankFile = `Dato;Tekst;Beløb\r\n0${i + 1}-01-2026;${name};7,77`;
    await nord.owner.post('/bank-statements').type('text/csv').send(bankFile).expect(201);
    await nord.owner.post('/student-imports').type('text/csv').send('navn;mail\nA;a@b.dk').expect(201);
    await course(nord, i);
    await nord.run(() => writtenDown());
    await RequestContext.create(test.em, () => acrossSchools('a test', () => writtenDown()));
  }
}

/** With two on it, and two who wait. */
async function course(school: TestSchool, i: number): Promise<void> {
  const { owner } = school;
  const plan = {
    name: 'Teori',
    licenceClass: 'B',
    sessions: [{ topic: 'Teori', minutes: 60, dayOffset: i, time: '20:00' }],
    weekly: [],
    capacity: 2,
    price: krone(0),
    vatRateBp: 2500,
  };
  const { body } = await owner.post('/course-plans', plan).expect(201);
  const wish = { planId: body.id, teacherId: school.teacher.id, startsOn: '2026-12-08' };
  const { body: made } = await owner.post('/courses', wish).expect(201);
  await owner.post(`/courses/${made.id}/open`).expect(200);
  for (const seat of [0, 1, 2, 3]) {
    const { id: studentId } = await school.enrol(`hold${i}${seat}@student.example`);
    if (seat < 2) await owner.post(`/courses/${made.id}/enrolments`, { studentId }).expect(201);
    else await owner.post('/course-waiting-list', { courseId: made.id, studentId }).expect(201);
  }
}

const writtenDown = () =>
  inTransaction(till.test.em, async () => till.test.app.get(Audit, { strict: false }).record({ action: 'test.done' }));

async function all(list: SortedList, sort: string, limit: number): Promise<{ id: string }[]> {
  const items: { id: string }[] = [];
  const query = queryOf(list, `sort=${sort}&limit=${limit}`);
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body, status }: Response = await list.caller.get(cursor ? `${query}&cursor=${cursor}` : query);
    expect([list.id, sort, status, body.errors]).toEqual([list.id, sort, 200, undefined]);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}

describe('every sorted list', () => {
  it('says the same page by page as at once, in each of its orders and backwards', async () => {
    const long: string[] = [];
    for (const list of lists) {
      for (const sort of list.sorts.filter((each) => !each.startsWith('-'))) {
        const whole = await all(list, sort, 200);
        if (whole.length > 1) long.push(list.id);
        expect([list.id, await all(list, sort, 1)]).toEqual([list.id, whole]);
        expect([list.id, await all(list, `-${sort}`, 2)]).toEqual([list.id, whole.toReversed()]);
      }
    }
    const filled = [
      'Schools',
      'Teachers',
      'Vehicles',
      'Locations',
      'Facilities',
      'LessonTypes',
      'TimeOff',
      'DayHours',
      'ClosingDays',
      'Students',
      'Bookings',
      'Series',
      'CalendarFeeds',
      'Charges',
    ];
    const names = [
      ...filled,
      'CoursePlans',
      'Courses',
      'Classes',
      'CourseEnrolments',
      'CourseWaiters',
      'ClassAttendances',
      'Products',
      'Packages',
      'SoldPackages',
      'InstalmentPlans',
      'Discounts',
      'Invoices',
      'InvoiceDrafts',
      'Payments',
      'Messages',
      'AuditEntries',
      'PlatformAuditEntries',
      'WebhookEndpoints',
      'WebhookDeliveries',
      'Leads',
      'PartnerKeys',
    ];
    expect(long).toEqual(expect.arrayContaining(names.map((name) => `list${name}`)));
  });

  it('goes on from its own cursor alone: not in another order, not with another filter', async () => {
    for (const list of lists) {
      const query = queryOf(list, 'limit=1');
      const { body } = await list.caller.get(query).expect(200);
      if (body.nextCursor === null) continue;
      const other = list.sorts.find((sort) => sort !== list.defaultSort)!;
      const refused = await list.caller.get(`${query}&sort=${other}&cursor=${body.nextCursor}`).expect(400);
      expect(refused.body.errors).toEqual([{ field: 'cursor', message: expect.stringContaining('same sort') }]);
      await list.caller.get(`${query}&sort=${list.defaultSort}&cursor=${body.nextCursor}`).expect(200);
    }
    const { body } = await till.nord.owner.get('/invoices?limit=1').expect(200);
    await till.nord.owner.get(`/invoices?limit=1&state=issued&cursor=${body.nextCursor}`).expect(400);
  });

  it('knows no other order', async () => {
    for (const list of lists) {
      const refused = await list.caller.get(queryOf(list, 'sort=password')).expect(400);
      expect(refused.body.errors[0].field).toBe('sort');
    }
  });
});

describe('orders', () => {
  const column = async (path: string, name: string) =>
    (await till.nord.owner.get(path).expect(200)).body.items.map((item: Record<string, unknown>) => item[name]);

  it('of text are Danish, of invoices by number and due date, of lessons by time', async () => {
    const names = await column('/vehicles?sort=-name', 'name');
    expect(names.slice(0, 3)).toEqual(['Åse', 'Ærø', 'Ærø']);
    const numbers = await column('/invoices?sort=number', 'number');
    expect(numbers).toEqual(numbers.toSorted((a: number, b: number) => a - b));
    const due = await column('/invoices?sort=-dueOn&state=issued', 'dueOn');
    expect(due).toEqual(due.toSorted().toReversed());
    const starts = await column('/bookings?from=2026-12-01&until=2026-12-20&sort=-startsAt', 'startsAt');
    expect(starts).toEqual(starts.toSorted().toReversed());
  });
});
