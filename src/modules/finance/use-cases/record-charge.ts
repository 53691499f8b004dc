import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { Charge, type ChargeSchema, type ChargeSource } from '../domain/charge.js';
import { AmountNotPositive } from '../domain/errors.js';
import type { ProductSchema } from '../prices/domain/product.js';

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
  /** Null: no product. */
  readonly productId?: Id | null;
  /** Where the product is left out: it is the one that these lessons are sold as, if there is one. */
  readonly lessonTypeId?: Id;
  /** The teacher whose work it is; left out: nobody’s. */
  readonly earnedById?: Id | null;
  /** When the school will have delivered it; null: somebody will say. Left out: it has. */
  readonly deliversAt?: Date | null;
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
    const { productId = await this.productOf(command.lessonTypeId) } = command;
    if (!gross.isPositive) throw new AmountNotPositive('gross');
    const now = this.clock.now();
    const delivered = command.deliversAt === undefined || (command.deliversAt !== null && command.deliversAt <= now);
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
      productId,
      earnedById: command.earnedById ?? null,
      state: 'open',
      invoiceId: null,
      occurredAt: now,
      delivered,
      deliversAt: delivered ? null : (command.deliversAt ?? null),
      piece: 0,
      vatMinor: null,
      instalmentId: null,
      deliveryId: null,
      cancelled: false,
    });
    // Most are new, so nobody looks first: the key of the source tells.
    if (!(await this.insert(charge))) return (await this.em.findOneOrFail(Charge, { source, sourceId, piece: 0 })).id;
    await this.audit.record({ action: 'charge.recorded', subjectId: charge.id, details: charge.auditDetails });
    return charge.id;
  }

  private async productOf(lessonTypeId: Id | undefined): Promise<Id | null> {
    if (!lessonTypeId) return null;
    const products = schoolQuery<Tables<typeof ProductSchema>>(this.em).selectFrom('products').select('id');
    return (await products.where('lesson_type_id', '=', bin(lessonTypeId)).executeTakeFirst())?.id ?? null;
  }

  /** @returns false when the source has its charge already */
  private async insert({ gross, ...charge }: Charge): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await globalQuery<Tables<typeof ChargeSchema>>(this.em)
      .insertInto('charges')
      .values({
        id: bin(charge.id),
        school_id: bin(charge.schoolId),
        student_id: bin(charge.studentId),
        source: charge.source,
        source_id: bin(charge.sourceId),
        description: charge.description,
        gross_minor: gross.amount,
        currency: gross.currency,
        vat_rate_bp: charge.vatRateBp,
        product_id: charge.productId ? bin(charge.productId) : null,
        earned_by_id: charge.earnedById ? bin(charge.earnedById) : null,
        state: charge.state,
        invoice_id: null,
        occurred_at: charge.occurredAt,
        delivered: charge.delivered,
        delivers_at: charge.deliversAt ?? null,
        piece: charge.piece,
        vat_minor: null,
        instalment_id: null,
        cancelled: charge.cancelled,
      })
      .onDuplicateKeyUpdate((row) => ({ id: row.ref('id') }))
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
}
