import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
});
afterAll(() => test.close());

const location = async (name: string, school = nord) =>
  (await school.owner.post('/locations', { name, kind: 'branch' }).expect(201)).body.id as string;

const audited = async (action: string) =>
  (await nord.owner.get(`/audit-log?action=${action}`).expect(200)).body.items.map(
    ({ details }: { details: unknown }) => details,
  );

describe('locations', () => {
  it('are added, changed and taken out of use', async () => {
    const address = { addressLine: 'Århusgade 88', postcode: '2150', city: 'Nordhavn' };
    const { body } = await nord.owner.post('/locations', { name: 'Ålborg', kind: 'meeting_point', ...address });
    expect(body).toEqual({ id: body.id, name: 'Ålborg', kind: 'meeting_point', ...address, active: true });
    const change = { city: null, active: false };
    const changed = await nord.owner.patch(`/locations/${body.id}`, change).expect(200);
    expect(changed.body).toEqual({ ...body, ...change });
    expect(await audited('location.updated')).toEqual([{ fields: ['active', 'city'], active: false }]);
    const names = async (query = '') =>
      (await nord.student.caller.get(`/locations${query}`).expect(200)).body.items.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names()).not.toContain('Ålborg');
    expect(await names('?includeInactive=true&kind=meeting_point')).toEqual(['Ålborg']);
    await syd.owner.get(`/locations/${body.id}`).expect(404);
    await nord.teacher.caller.post('/locations', { name: 'Mit hus', kind: 'branch' }).expect(403);
  });

  it('are as far from each other as said from either end', async () => {
    const [a, b, c] = [await location('Amager'), await location('Brøndby'), await location('Charlottenlund')];
    const ways = (from: string) => nord.owner.get(`/locations/${from}/travel-times`).expect(200);
    const set = (from: string, travelTimes: object[]) =>
      nord.owner.put(`/locations/${from}/travel-times`, { travelTimes });
    const { body } = await set(a, [
      { locationId: c, minutes: 20 },
      { locationId: b, minutes: 35 },
    ]).expect(200);
    expect(body).toEqual([
      { locationId: b, name: 'Brøndby', minutes: 35 },
      { locationId: c, name: 'Charlottenlund', minutes: 20 },
    ]);
    expect((await ways(c)).body).toEqual([{ locationId: a, name: 'Amager', minutes: 20 }]);
    await set(c, [{ locationId: b, minutes: 25 }]).expect(200);
    expect((await ways(a)).body).toEqual([{ locationId: b, name: 'Brøndby', minutes: 35 }]);
    expect((await ways(b)).body).toHaveLength(2);
    expect(await audited('location.travel_times_set')).toContainEqual({ locations: 2 });
    // Said from both ends at once: both are taken, and stand once.
    await Promise.all(
      [20, 21].map((n) => set(n === 20 ? a : c, [{ locationId: n === 20 ? c : a, minutes: n }]).expect(200)),
    );
    expect((await ways(a)).body).toEqual([{ locationId: c, name: expect.any(String), minutes: expect.any(Number) }]);
  });

  it('lead neither to themselves, nor twice to the same, nor to another school’s', async () => {
    const [a, b, theirs] = [await location('Glostrup'), await location('Herlev'), await location('Syd', syd)];
    const refused = async (...ids: string[]) => {
      const travelTimes = ids.map((locationId) => ({ locationId, minutes: 10 }));
      const answer = await nord.owner.put(`/locations/${a}/travel-times`, { travelTimes }).expect(422);
      return answer.body.errors.map(({ field }: { field: string }) => field);
    };
    expect(await refused(a, b, b)).toEqual(['travelTimes.0.locationId', 'travelTimes.2.locationId']);
    expect(await refused(b, theirs)).toEqual(['travelTimes']);
    expect((await nord.owner.get(`/locations/${a}/travel-times`).expect(200)).body).toEqual([]);
    await nord.owner.put(`/locations/${theirs}/travel-times`, { travelTimes: [] }).expect(404);
  });
});

describe('facilities', () => {
  it('have places, and a location of the school', async () => {
    const at = await location('Køge');
    const track = { name: 'Manøvrebanen', kind: 'track', locationId: at, places: 4 };
    const { body } = await nord.owner.post('/facilities', track).expect(201);
    expect(body).toEqual({ id: body.id, ...track, seats: null, active: true });
    const changed = await nord.owner.patch(`/facilities/${body.id}`, { places: 6, locationId: null }).expect(200);
    expect(changed.body).toEqual({ ...body, places: 6, locationId: null });
    expect(await audited('facility.updated')).toEqual([{ fields: ['places', 'locationId'], active: true }]);
    const room = { name: 'Lokale 1', kind: 'room', places: 1, seats: 24, locationId: at };
    await nord.owner.post('/facilities', room).expect(201);
    const list = await nord.student.caller.get(`/facilities?kind=room&locationId=${at}`).expect(200);
    expect(list.body.items).toMatchObject([room]);
    const theirs = { ...room, locationId: await location('Syd', syd) };
    const refused = await nord.owner.post('/facilities', theirs).expect(422);
    expect(refused.body).toMatchObject({ code: 'location.unknown', errors: [{ field: 'locationId' }] });
    await syd.owner.patch(`/facilities/${body.id}`, { places: 1 }).expect(404);
    await nord.owner.post('/facilities', { ...track, places: 201 }).expect(400);
  });
});

describe('trailers and homes', () => {
  it('a trailer has a plate and a class, and no gearbox', async () => {
    const trailer = { kind: 'trailer', name: 'Brenderup', plate: 'TA 1234', licenceClass: 'BE' };
    const { body } = await nord.owner.post('/vehicles', trailer).expect(201);
    expect(body).toMatchObject({ kind: 'trailer', gearbox: null, homeLocationId: null });
    const refused = async (answer: Promise<{ body: { errors: { field: string }[] } }>) =>
      (await answer).body.errors.map(({ field }) => field);
    const geared = nord.owner.patch(`/vehicles/${body.id}`, { gearbox: 'manual' }).expect(422);
    expect(await refused(geared)).toEqual(['gearbox']);
    const car = { name: 'Polo', plate: 'BC 12 345', licenceClass: 'B' };
    expect(await refused(nord.owner.post('/vehicles', car).expect(422))).toEqual(['gearbox']);
    const list = await nord.owner.get('/vehicles?kind=trailer').expect(200);
    expect(list.body.items).toMatchObject([{ id: body.id }]);
  });

  it('teachers and vehicles have a home of their own school', async () => {
    const [ours, theirs] = [await location('Valby'), await location('Syd', syd)];
    const paths = [`/teachers/${nord.teacher.id}`, `/vehicles/${nord.vehicleId}`];
    for (const path of paths) {
      const { body } = await nord.owner.patch(path, { homeLocationId: ours }).expect(200);
      expect(body.homeLocationId).toBe(ours);
      const refused = await nord.owner.patch(path, { homeLocationId: theirs }).expect(422);
      expect(refused.body.errors).toMatchObject([{ field: 'homeLocationId' }]);
      expect((await nord.owner.patch(path, { homeLocationId: null }).expect(200)).body.homeLocationId).toBeNull();
    }
  });
});

describe('what a lesson type needs', () => {
  it('is said of its vehicle only when it has one', async () => {
    const { body } = await nord.owner.get(`/lesson-types/${nord.lessonTypeId}`).expect(200);
    const { id: _, active: __, ...plain } = body;
    expect(plain).toMatchObject({ vehicleClass: null, gearbox: null, needsTrailer: false, facilityKind: null });
    const needs = {
      licenceClass: 'BE',
      vehicleClass: 'B',
      gearbox: 'manual',
      needsTrailer: true,
      facilityKind: 'track',
    };
    const added = await nord.owner.post('/lesson-types', { ...plain, ...needs }).expect(201);
    expect(added.body).toMatchObject(needs);
    const refused = await nord.owner.patch(`/lesson-types/${added.body.id}`, { needsVehicle: false }).expect(422);
    const fields = refused.body.errors.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(['vehicleClass', 'gearbox', 'needsTrailer']);
  });
});
