import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { Charge, type ChargeSource } from '../domain/charge.js';
import { AmountNotPositive } from '../domain/errors.js';

export interface ChargeCommand {
  readonly studentId: Id;
  readonly source: ChargeSource;
  /** What it is for, for example the booking's id; unique with the source. */
  readonly sourceId: Id;
  /** Printed on the invoice, in the student's language. */
  readonly description: string;
  /** VAT included. */
  readonly gross: Money;
  /** Basis points: 2500 is 25 %. */
  readonly vatRateBp: number;
}

/** Notes that a student owes for something, to be invoiced later. */
@Injectable()
export class RecordCharge {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws AmountNotPositive */
  @Transaction()
  async execute(command: ChargeCommand): Promise<Id> {
    const { gross, source, sourceId, studentId, description, vatRateBp } = command;
    if (!gross.isPositive) throw new AmountNotPositive('gross');
    const known = await this.em.findOne(Charge, { source, sourceId });
    if (known) return known.id;
    const charge = Charge.of({
      id: newId(),
      schoolId: currentSchool(),
      studentId,
      source,
      sourceId,
      description: description.slice(0, 200),
      grossMinor: gross.amount,
      currency: gross.currency,
      vatRateBp,
      state: 'open',
      invoiceId: null,
      occurredAt: this.clock.now(),
    });
    this.em.persist(charge);
    await this.audit.record({ action: 'charge.recorded', subjectId: charge.id, details: charge.auditDetails });
    return charge.id;
  }
}
