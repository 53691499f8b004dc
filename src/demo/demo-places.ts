import type { INestApplicationContext } from '@nestjs/common';
import {
  AddFacility,
  AddLocation,
  SetTravelTimes,
  type FacilityDetails,
  type LocationDetails,
} from '../modules/schools/index.js';
import type { Id } from '../platform/values/id.js';

const locations = {
  nordhavn: { name: 'Nordhavn', kind: 'branch', addressLine: 'Århusgade 88', postcode: '2150', city: 'Nordhavn' },
  oesterbro: {
    name: 'Østerbro',
    kind: 'branch',
    addressLine: 'Østerbrogade 112',
    postcode: '2100',
    city: 'København Ø',
  },
  glostrup: {
    name: 'Manøvrebanen i Glostrup',
    kind: 'meeting_point',
    addressLine: 'Ejby Industrivej 70',
    postcode: '2600',
    city: 'Glostrup',
  },
} as const satisfies Record<string, LocationDetails>;

const classroom: FacilityDetails = { name: 'Teorilokalet, Nordhavn', kind: 'room', places: 1, seats: 14 };
const track: FacilityDetails = { name: 'Manøvrebanen', kind: 'track', places: 3 };

/** Where the demo school teaches: two branches, a track outside the town where it meets its students, and a classroom. */
export class DemoPlaces {
  constructor(private readonly app: INestApplicationContext) {}

  async open(): Promise<{ readonly roomId: Id; readonly branchIds: readonly Id[] }> {
    const nordhavn = await this.location('nordhavn');
    const oesterbro = await this.location('oesterbro');
    const glostrup = await this.location('glostrup');
    const ways = this.app.get(SetTravelTimes, { strict: false });
    await ways.execute(glostrup, [
      { locationId: nordhavn, minutes: 30 },
      { locationId: oesterbro, minutes: 25 },
    ]);
    await ways.execute(oesterbro, [
      { locationId: nordhavn, minutes: 10 },
      { locationId: glostrup, minutes: 25 },
    ]);
    const roomId = await this.facility({ ...classroom, locationId: nordhavn });
    await this.facility({ ...track, locationId: glostrup });
    return { roomId, branchIds: [nordhavn, oesterbro] };
  }

  private async location(name: keyof typeof locations): Promise<Id> {
    return (await this.app.get(AddLocation, { strict: false }).execute(locations[name])).id;
  }

  private async facility(details: FacilityDetails): Promise<Id> {
    return (await this.app.get(AddFacility, { strict: false }).execute(details)).id;
  }
}
