import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { OwnStudents } from '../../../students/index.js';
import { AgreedPriceNotFound } from '../domain/price-problems.js';
import type { PriceTables } from '../prices.tables.js';

export interface AgreedPriceView {
  readonly id: Id;
  readonly studentId: Id;
  readonly productId: Id;
  readonly gross: Money;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
}

export const agreedPriceList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** What was agreed with single students. */
@Injectable()
export class AgreedPriceReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: OwnStudents,
  ) {}

  /** @throws AgreedPriceNotFound */
  async get(id: Id): Promise<AgreedPriceView> {
    const row = await this.prices.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new AgreedPriceNotFound();
    return viewOf(row);
  }

  /** @throws StudentNotFound */
  async ofStudent(actor: Actor, studentId: Id, asked: Asked<typeof agreedPriceList>): Promise<Page<AgreedPriceView>> {
    const { id } = await this.students.get(actor, studentId);
    return mapPage(await agreedPriceList.page(this.prices.where('student_id', '=', bin(id)), asked), viewOf);
  }

  private get prices() {
    return schoolQuery<PriceTables>(this.em)
      .selectFrom('agreed_prices')
      .select(['id', 'student_id', 'product_id', 'gross_minor', 'currency', 'valid_from', 'valid_until']);
  }
}

type Row = Awaited<ReturnType<AgreedPriceReader['prices']['execute']>>[number];

function viewOf(row: Row): AgreedPriceView {
  const { id, student_id, product_id, gross_minor, currency, valid_from, valid_until } = row;
  const gross = Money.of(gross_minor, currency);
  return { id, studentId: student_id, productId: product_id, gross, validFrom: valid_from, validUntil: valid_until };
}
