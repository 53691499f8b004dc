import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { noBillingDetails, SetBillingDetails } from '../../finance/index.js';
import { Memberships, UserContacts } from '../../identity/index.js';
import { Scheduling, type SchoolSettings } from '../../schools/index.js';
import { EnrolStudent, StudentDirectory, UpdateStudent } from '../../students/index.js';
import { BillingCustomer } from '../domain/subscription-bill.js';

/** A subscribing school as a customer of the seller, which sells to it as it does to anybody. */
@Injectable()
export class CustomerOfSeller {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly memberships: Memberships,
    private readonly contacts: UserContacts,
    private readonly students: StudentDirectory,
    private readonly enrol: EnrolStudent,
    private readonly update: UpdateStudent,
    private readonly billingDetails: SetBillingDetails,
  ) {}

  /** In the seller's scope and the caller's transaction, which has locked the subscription. With the name and address of today. */
  async of(subscriberId: Id): Promise<Id> {
    assertTransaction('a customer');
    const school = await inSchool(subscriberId, () => this.scheduling.school());
    const known = await this.em.findOne(BillingCustomer, { subscriberId });
    if (!known) return this.add(subscriberId, school);
    const { name, addressLine, postcode, city } = await this.students.get(known.studentId);
    const now = addressOf(school);
    const before = { name, addressLine, postcode, city };
    if (JSON.stringify(before) !== JSON.stringify(now)) await this.update.execute(known.studentId, now);
    return known.studentId;
  }

  private async add(subscriberId: Id, school: SchoolSettings): Promise<Id> {
    const email = await this.freeAddress(subscriberId, school);
    const { id } = await this.enrol.execute({ ...addressOf(school), email, licenceClass: 'B', invite: false });
    await this.billingDetails.execute(id, { ...noBillingDetails, cvr: school.cvr });
    this.em.create(BillingCustomer, { schoolId: currentSchool(), subscriberId, studentId: id });
    await this.em.flush();
    return id;
  }

  /** The school's own, or an owner's where another school of the same people is a customer by that address already. */
  private async freeAddress(subscriberId: Id, { email }: SchoolSettings): Promise<string> {
    const owners = await inSchool(subscriberId, () => this.memberships.owners());
    const theirs = [...(await this.contacts.of(owners)).values()].map((contact) => contact.email);
    for (const address of [email, ...theirs]) {
      const userId = await this.contacts.idOf(address);
      if (!userId || !(await this.students.byUser(userId))) return address;
    }
    throw new Error(`no address of school ${subscriberId} is free for a customer of its own`);
  }
}

function addressOf({ name, addressLine, postcode, city }: SchoolSettings) {
  return { name, addressLine, postcode, city };
}
