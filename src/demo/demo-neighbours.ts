import type { INestApplicationContext } from '@nestjs/common';
import { ConfigureTheory, TheoryPlatform } from '../modules/education/index.js';
import { CreatePartnerKey } from '../modules/identity/index.js';
import { SetListing } from '../modules/schools/index.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import type { DemoPeople } from './demo-founding.js';
import { demoKeyName } from './demo-partner-key.js';

const listing = {
  directories: ['findkoreskole'],
  eventDirectories: [],
  profileDa: 'Små hold og rolige lærere midt i Nordhavn.',
  profileEn: 'Small classes and calm teachers in the middle of Nordhavn.',
  languages: ['da', 'en'],
  licenceClasses: ['B', 'BE'],
  website: 'https://nordhavn.example',
  rating: null,
} as const;

/** The outside systems that the demo school is known to: a directory with its key, and the theory platform. */
export class DemoNeighbours {
  constructor(private readonly app: INestApplicationContext) {}

  async introduce({ schoolId, adminId, branchIds }: DemoPeople): Promise<void> {
    await this.get(CreatePartnerKey).execute(adminId, {
      partner: 'findkoreskole',
      name: demoKeyName,
      scopes: ['directory.read', 'leads.write', 'events.subscribe'],
    });
    await inSchool(schoolId, async () => {
      await this.get(SetListing).execute({ ...listing, branchIds });
      if (this.app.get(TheoryPlatform, { strict: false }).isAvailable)
        await this.get(ConfigureTheory).execute({ enabled: true, linkOnEnrolment: true, accountNumber: 'ks-1042' });
    });
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }
}
