import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import type { Response } from 'supertest';
import { SetPassword } from '../../src/modules/identity/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { billSchools, standardPlan } from '../support/billing.js';
import { setUpSecondFactor } from '../support/second-factor.js';
import {
  type Caller,
  callerOf,
  openTestSchool,
  partnerCaller,
  platformAdmin,
  type TestSchool,
} from '../support/test-school.js';
import { noon } from './permissions/world.js';

let test: TestApp;
let school: TestSchool;
/** Every operation that takes If-Match: where, and a change that differs each time. */
let changes: Record<string, { method: 'patch' | 'put'; path: string; body: (n: number) => object; caller?: Caller }>;

const unlimited = { horizonDays: null, maxPerDay: null, maxPerWeek: null };

const unconditional = {
  uploadSchoolLogo: 'what is read there is an image without a name in it; the last one uploaded counts',
  setMemberRoles: 'nothing reads one member’s roles at that address; it names all of them, and the owners are locked',
  changeMyPassword: 'a password is never read, and the old one must be known',
  setDayHours: 'nothing reads one date at that address, only pages of them; it names all hours of its date',
  setSubscriptionTrial: 'nothing reads it at that address; it names all of what the platform grants',
  exemptSchool: 'nothing reads it at that address; it names all of what the platform grants',
  reportAttendances: 'nothing reads them at that address; it says what happened, and those not named stay as they are',
};

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  school = await schoolOfSecondFactor();
  const admin = await platformAdmin(test);
  const { student, teacher, vehicleId, lessonTypeId } = school;
  const name = (n: number) => ({ name: `Navn ${n}` });
  // Another choice for each number below 64.
  const optionalTopics = (n: number) => ({
    topics: ['reminders', 'offers', 'news'].map((topic, index) => {
      const bits = n >> (2 * index);
      return { topic, email: (bits & 1) === 0, sms: (bits & 2) === 0 };
    }),
  });
  const week = (n: number) => ({
    workingHours: [{ weekday: 1 + (n % 7), starts: `1${Math.floor(n / 7)}:00`, ends: '20:00' }],
  });
  const { locationId, otherLocationId, facilityId, coursePlanId, courseId, examId, productId } = await furnish();
  const words = { purpose: 'service', channels: ['email'], da: { subject: 'Nyt', text: 'Hej' } };
  const { body: announcement } = await school.owner.post('/announcements', words).expect(201);
  const hooks = { url: `${test.sandbox.url}/receiver/changes`, eventTypes: ['student.left'] };
  const { body: endpoint } = await school.owner.post('/webhook-endpoints', hooks).expect(201);
  const partner = await partnerCaller(test, admin, ['events.subscribe']);
  const { body: partners } = await partner.post('/partner/v1/webhook-endpoints', hooks).expect(201);
  const { body: draft } = await school.owner.post('/invoice-drafts', { studentId: student.id }).expect(201);
  const draftId = draft.id as Id;
  const billing = await billSchools(test, admin);
  await school.owner.post('/accounting/connection', { provider: 'csv' }).expect(201);
  const { body: books } = await school.owner.get('/accounting/settings').expect(200);
  for (const code of ['one', 'other']) await admin.post('/v1/billing/plans', { ...standardPlan, code }).expect(201);
  changes = {
    updateSchool: { method: 'patch', path: '', body: name },
    updateStudent: { method: 'patch', path: `/students/${student.id}`, body: name },
    updateTeacher: { method: 'patch', path: `/teachers/${teacher.id}`, body: name },
    updateVehicle: { method: 'patch', path: `/vehicles/${vehicleId}`, body: name },
    updateLessonType: { method: 'patch', path: `/lesson-types/${lessonTypeId}`, body: name },
    setWorkingHours: { method: 'put', path: `/teachers/${teacher.id}/working-hours`, body: week },
    updateSignInRules: {
      method: 'put',
      path: '/sign-in-rules',
      body: (n) => ({ secondFactorFor: n < 20 ? 'managers' : 'staff' }),
    },
    updateLocation: { method: 'patch', path: `/locations/${locationId}`, body: name },
    setTravelTimes: {
      method: 'put',
      path: `/locations/${locationId}/travel-times`,
      body: (n) => ({ travelTimes: [{ locationId: otherLocationId, minutes: n }] }),
    },
    updateFacility: { method: 'patch', path: `/facilities/${facilityId}`, body: name },
    updateBookingSettings: {
      method: 'put',
      path: '/booking-settings',
      body: (noticeMinutes) => ({
        ...unlimited,
        noticeMinutes,
        studentsBook: true,
        arrearsLimit: null,
        holdMinutes: 30,
      }),
    },
    updateLessonTypeBookingRules: {
      method: 'put',
      path: `/lesson-types/${lessonTypeId}/booking-rules`,
      body: (noticeMinutes) => ({ ...unlimited, noticeMinutes, prepayment: 'none', deposit: null }),
    },
    updateStudentBookingRules: {
      method: 'put',
      path: `/students/${student.id}/booking-rules`,
      body: (maxPerWeek) => ({ open: true, openUntil: null, maxPerDay: null, maxPerWeek }),
    },
    rewriteAnnouncement: {
      method: 'put',
      path: `/announcements/${announcement.id}`,
      body: (n) => ({ purpose: 'service', channels: ['email'], da: { subject: `Nyt ${n}`, text: 'Hej' } }),
    },
    updateProduct: { method: 'patch', path: `/products/${productId}`, body: name },
    setMessageText: {
      method: 'put',
      path: '/message-texts/lesson_booked/da',
      body: (n) => ({ subject: `Nr. ${n}`, heading: 'Hej', paragraphs: ['Hej'], actionLabel: null, sms: 'Hej' }),
    },
    updateDunningSettings: {
      method: 'put',
      path: '/dunning-settings',
      body: (reminderAfterDays) => ({
        reminderAfterDays,
        feeAfterDays: null,
        fee: { amount: 10_000, currency: 'DKK' },
        feeReminders: 3,
        daysBetween: 10,
        stopAfterDays: null,
      }),
    },
    updateWebhookEndpoint: {
      method: 'patch',
      path: `/webhook-endpoints/${endpoint.id}`,
      body: (n) => ({ description: `Regnskab ${n}` }),
    },
    updateTheorySettings: {
      method: 'put',
      path: '/theory-settings',
      body: (n) => ({ enabled: true, linkOnEnrolment: false, accountNumber: `ks-${n}` }),
    },
    updateCoursePlan: { method: 'patch', path: `/course-plans/${coursePlanId}`, body: name },
    updateCourse: { method: 'patch', path: `/courses/${courseId}`, body: name },
    updateExam: { method: 'patch', path: `/exams/${examId}`, body: (n) => ({ place: `Sted ${n}` }) },
    updateExamSettings: {
      method: 'put',
      path: '/exam-settings',
      body: (deadlineWorkingDays) => ({
        deadlineWorkingDays,
        deadlineTime: '12:00',
        theoryRetryDays: 0,
        practicalRetryDays: 7,
        fees: [],
      }),
    },
    setWaitingListSettings: {
      method: 'put',
      path: '/waiting-list-settings',
      body: (n) => ({ automatic: n < 20, offersAtOnce: 1 + (n % 20) }),
    },
    updatePartnerWebhookEndpoint: {
      method: 'patch',
      path: `/partner/v1/webhook-endpoints/${partners.id}`,
      body: (n) => ({ description: `Drift ${n}` }),
      caller: partner,
    },
    setListing: {
      method: 'put',
      path: '/listing',
      body: (n) => ({
        directories: ['findkoreskole'],
        profileDa: `Profil ${n}`,
        profileEn: null,
        languages: ['da'],
        licenceClasses: ['B'],
        branchIds: [],
        website: null,
        rating: null,
      }),
    },
    chooseMyMessageTopics: { method: 'put', path: '/me/message-preferences', body: optionalTopics },
    chooseMessageTopics: {
      method: 'put',
      path: `/students/${student.id}/message-preferences`,
      body: optionalTopics,
      caller: student.caller,
    },
    updateMyAccount: { method: 'patch', path: '/v1/me', body: name, caller: admin },
    setBillingDetails: {
      method: 'put',
      path: `/students/${student.id}/billing-details`,
      body: (n) => ({
        payerName: null,
        addressLine: null,
        postcode: null,
        city: null,
        cvr: null,
        ean: null,
        reference: `Elev ${n}`,
      }),
    },
    updateInvoiceDraft: {
      method: 'put',
      path: `/invoice-drafts/${draftId}`,
      body: (n) => ({ reference: `Elev ${n}` }),
    },
    choosePaymentGateway: {
      method: 'put',
      path: `/v1/schools/${school.id}/payment-gateway`,
      body: (n) => ({ provider: 'stripe', accountRef: `acct_${n}` }),
      caller: admin,
    },
    updateBillingSettings: {
      method: 'put',
      path: '/v1/billing/settings',
      body: (restrictedAfterDays) => ({ ...billing, restrictedAfterDays, readOnlyAfterDays: 300 }),
      caller: admin,
    },
    changeSubscription: {
      method: 'put',
      path: '/subscription',
      body: (n) => ({ planCode: n < 20 ? 'one' : 'other' }),
    },
    updateBooksSettings: {
      method: 'put',
      path: '/accounting/settings',
      body: (n) => ({
        ...books,
        closedThrough: `2020-${String(1 + (n % 12)).padStart(2, '0')}-${10 + Math.floor(n / 12)}`,
      }),
    },
    updateBooksMappings: {
      method: 'put',
      path: '/accounting/mappings',
      body: (n) => ({ mappings: [{ kind: 'account', ours: '3000', theirs: String(1000 + n) }] }),
    },
    updateFinanceSettings: {
      method: 'put',
      path: '/finance-settings',
      body: (n) => ({ paymentTermsDays: 10 + n, bankAccount: null }),
    },
  };
});
afterAll(() => test.close());

/** Its owner has one, so that the school may demand it. */
async function schoolOfSecondFactor(): Promise<TestSchool> {
  const password = 'lang nok adgangskode';
  const opened = await openTestSchool(test, 'samtidig');
  const { userId } = opened.owner;
  await RequestContext.create(test.em, () => test.app.get(SetPassword, { strict: false }).execute(userId, password));
  await setUpSecondFactor(test, await callerOf(test, userId, '/v1/me'), password);
  return { ...opened, owner: await callerOf(test, userId, `/v1/schools/${opened.id}`) };
}

/** One of each thing that a school does not open with. */
async function furnish() {
  const made = async (path: string, body: object) => (await school.owner.post(path, body).expect(201)).body.id as Id;
  const time = noon(40);
  const coursePlanId = await made('/course-plans', {
    name: 'Teori B',
    licenceClass: 'B',
    sessions: [{ topic: 'Færdselslære', minutes: 90, dayOffset: 0, time: '18:00' }],
    weekly: [],
    capacity: 10,
    price: { amount: 250_000, currency: 'DKK' },
    vatRateBp: 2500,
  });
  const course = { planId: coursePlanId, teacherId: school.teacher.id, startsOn: time.slice(0, 10) };
  const exam = { kind: 'theory', studentId: school.student.id, startsAt: time, minutes: 60, place: 'Herlev' };
  return {
    locationId: await made('/locations', { name: 'Nordhavn', kind: 'branch' }),
    otherLocationId: await made('/locations', { name: 'Sydhavn', kind: 'branch' }),
    facilityId: await made('/facilities', { name: 'Lokale 1', kind: 'room', places: 1 }),
    coursePlanId,
    productId: await made('/products', { code: 'BOG', name: 'Lærebog' }),
    courseId: await made('/courses', course),
    examId: await made('/exams', exam),
  };
}

async function tagOf(operation: string): Promise<string> {
  const { path, caller = school.owner } = changes[operation]!;
  return (await caller.get(path).expect(200)).headers['etag']!;
}

function change(operation: string, n: number, ifMatch?: string): PromiseLike<Response> {
  const { method, path, body, caller = school.owner } = changes[operation]!;
  const call = caller[method](path, body(n));
  return ifMatch === undefined ? call : call.set('if-match', ifMatch);
}

describe('a change of what was read', () => {
  it('takes If-Match wherever there is a PATCH or PUT', async () => {
    const { body } = await test.http.get('/openapi.json').expect(200);
    const operations = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>);
    const changing = operations.flatMap(({ patch, put }) => [patch, put]).filter((each) => each !== undefined);
    // A new PATCH or PUT: make it @Conditional() and add it to `changes`, or say in `unconditional` why not.
    const known = [...Object.keys(changes), ...Object.keys(unconditional)];
    expect(changing.map(({ operationId }) => operationId).sort()).toEqual(known.sort());
    const conditional = changing.filter(({ operationId }) => operationId in changes);
    for (const { parameters, responses } of conditional as { parameters?: { name: string }[]; responses?: object }[]) {
      expect(parameters?.map(({ name }) => name)).toContain('If-Match');
      expect(Object.keys(responses!)).toContain('412');
    }
  });

  // First, as nobody has said anything of the settings yet: what has no row cannot be locked.
  it('of twenty at once with the same tag is made by exactly one', async () => {
    for (const operation of Object.keys(changes)) {
      const seen = await tagOf(operation);
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => change(operation, 20 + i, seen)));
      const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
      expect([operation, statuses]).toEqual([operation, [200, ...Array<number>(19).fill(412)]]);
    }
  });

  it('is made when nobody was faster, and refused with what to do when somebody was', async () => {
    for (const operation of Object.keys(changes)) {
      const seen = await tagOf(operation);
      const made = await change(operation, 1, seen);
      expect([operation, made.status]).toEqual([operation, 200]);
      const now = await tagOf(operation);
      expect([operation, now === seen]).toEqual([operation, false]);
      if (operation !== 'setWorkingHours') expect([operation, made.headers['etag']]).toEqual([operation, now]);
      const refused = await change(operation, 2, seen);
      expect([operation, refused.status, refused.body.code]).toEqual([operation, 412, 'request.precondition_failed']);
      expect(refused.body.detail).toContain('Read it again');
      expect([operation, await tagOf(operation)]).toEqual([operation, now]);
    }
  });

  it('compares strongly, takes a list and *, and asks nothing without the header', async () => {
    expect((await change('updateVehicle', 3, `W/${await tagOf('updateVehicle')}`)).status).toBe(412);
    expect((await change('updateVehicle', 3, `"other", ${await tagOf('updateVehicle')}`)).status).toBe(200);
    expect((await change('updateVehicle', 4, '*')).status).toBe(200);
    expect((await change('updateVehicle', 5)).status).toBe(200);
    expect(
      (await school.owner.patch('/vehicles/019aa1b2-7c00-7000-8000-000000000001', {}).set('if-match', '*')).status,
    ).toBe(404);
  });

  it('of one way said from both its ends is made by exactly one', async () => {
    const { path: here, body } = changes['setTravelTimes']!;
    const [way] = (body(1) as { travelTimes: { locationId: Id }[] }).travelTimes;
    const ends = [here, `/locations/${way!.locationId}/travel-times`];
    for (let minutes = 60; minutes < 65; minutes++) {
      const seen = await Promise.all(ends.map((path) => school.owner.get(path).expect(200)));
      const bodies = [way!.locationId, here.split('/')[2]].map((locationId) => ({
        travelTimes: [{ locationId, minutes }],
      }));
      const answers = await Promise.all(
        ends.map((path, i) => school.owner.put(path, bodies[i]).set('if-match', seen[i]!.headers['etag']!)),
      );
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412]);
    }
  });

  it('loses nothing of another field without a tag, however many come at once', async () => {
    const fields = { addressLine: 'Vej 1', postcode: '2150', city: 'Nordhavn', phone: '+4520123499', name: 'Ny' };
    const path = `/students/${school.student.id}`;
    await Promise.all(
      Object.entries(fields).map(([field, value]) => school.owner.patch(path, { [field]: value }).expect(200)),
    );
    expect((await school.owner.get(path).expect(200)).body).toMatchObject(fields);
  });

  it('is refused to whoever may not make it before anything is compared', async () => {
    await school.student.caller.patch(`/vehicles/${school.vehicleId}`, {}).set('if-match', '"x"').expect(403);
  });
});

describe('what is read again', () => {
  it('is answered by 304 while it stays the same, and in full once it is not', async () => {
    const path = `/students/${school.student.id}`;
    const first = await school.owner.get(path).expect(200);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await school.owner.get(path).set('if-none-match', first.headers['etag']!).expect(304);
    expect([again.text, again.headers['etag'], again.headers['content-type']]).toEqual([
      '',
      first.headers['etag'],
      undefined,
    ]);
    expect(again.headers['x-request-id']).toBeDefined();
    await school.owner.patch(path, { name: 'Endnu et navn' }).expect(200);
    const changed = await school.owner.get(path).set('if-none-match', first.headers['etag']!).expect(200);
    expect(changed.body.name).toBe('Endnu et navn');
  });

  it('may be a list, and a weak tag will do', async () => {
    const { headers } = await school.owner.get('/students').expect(200);
    await school.owner.get('/students').set('if-none-match', `"x", W/${headers['etag']}`).expect(304);
  });

  it('is no file, no refusal and no POST', async () => {
    const csv = await school.owner.get('/accounting/journal.csv?date=2026-11-01').expect(200);
    expect([csv.headers['etag'], csv.headers['cache-control']]).toEqual([undefined, 'no-store']);
    const refused = await school.owner.get('/students/none').set('if-none-match', '*').expect(404);
    expect(refused.headers['etag']).toBeUndefined();
  });

  it('is not shown to whoever may not read it, tag or not', async () => {
    const { headers } = await school.owner.get('/students').expect(200);
    await school.student.caller.get('/students').set('if-none-match', headers['etag']!).expect(403);
  });
});
