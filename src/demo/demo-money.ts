import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import {
  AddTill,
  ConfigureDunning,
  DefinePackage,
  type InvoiceSchema,
  KeepDiscounts,
  KeepProducts,
  OpenTill,
  RecordPayment,
  SellPackage,
  SetProductPrice,
} from '../modules/finance/index.js';
import { schoolQuery, type Tables } from '../platform/database/query.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import type { Id } from '../platform/values/id.js';
import { Money } from '../platform/values/money.js';
import { addDays, localDate, type LocalDate } from '../platform/values/zone.js';
import type { MovableClock } from './demo-clock.js';
import type { DemoPeople } from './demo-founding.js';

const day = 24 * 3_600_000;
/** How long ago the prices were set: before the first of the lessons was booked. */
const priced = 44 * day;
const kroner = (amount: number) => Money.of(amount * 100);
/** The buyer has lessons in all weeks, so some of what he bought is used. */
const buyer = 2;

/** What the demo school charges besides lessons, how it reminds, and the day's till. */
export class DemoMoney {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: MovableClock,
    private readonly people: DemoPeople,
  ) {}

  /** Before the first lesson: prices, a package and who bought it, a voucher, and when the school reminds. */
  async open(now: Date): Promise<void> {
    const { schoolId, zone, students } = this.people;
    const opened = new Date(now.getTime() - priced);
    const from = localDate(opened, zone);
    await inSchool(schoolId, async () => {
      this.clock.set(opened);
      const [lesson, double] = await this.lessons(from);
      const book = await this.product({ code: 'TEORI', name: 'Teoribog' }, from, 350);
      const parts = [
        { productId: lesson!, quantity: 4 },
        { productId: double!, quantity: 4 },
        { productId: book, quantity: 1 },
      ];
      const offer = { name: 'Lovpakke, kategori B', price: kroner(7_200), validMonths: 12, parts };
      const { id } = await this.get(DefinePackage).add(offer);
      await this.get(SellPackage).execute(students[buyer]!.id, id);
      await this.voucher(from);
      await this.remind();
    });
  }

  /** Today: the till is open, and somebody has paid his oldest invoice in cash. */
  async openTill(now: Date): Promise<void> {
    const { schoolId, owner, zone } = this.people;
    await inSchool(schoolId, async () => {
      this.clock.set(now);
      const till = await this.get(AddTill).execute('Kontoret');
      await this.get(OpenTill).execute(owner, till, kroner(500));
      const { studentId, gross } = await this.oldestDebt();
      const receivedOn = localDate(now, zone);
      await this.get(RecordPayment).execute(owner, { studentId, amount: Money.of(gross), method: 'cash', receivedOn });
    });
  }

  /** Each with a price of a later year too: the list is dated. */
  private async lessons(from: LocalDate): Promise<Id[]> {
    const [lessonTypeId, doubleId] = this.people.lessonTypeIds;
    const lesson = { code: 'B-45', name: 'Kørelektion, kategori B', lessonTypeId: lessonTypeId! };
    const double = { code: 'B-90', name: 'Dobbeltlektion, kategori B', lessonTypeId: doubleId! };
    return [await this.product(lesson, from, 650, true), await this.product(double, from, 1_250, true)];
  }

  private async product(
    details: { code: string; name: string; lessonTypeId?: Id },
    from: LocalDate,
    price: number,
    isDearerLater = false,
  ): Promise<Id> {
    const { id } = await this.get(KeepProducts).add(details);
    const set = (validFrom: LocalDate, gross: Money) =>
      this.get(SetProductPrice).execute(id, { validFrom, gross, vatRateBp: 2_500 });
    await set(from, kroner(price));
    if (isDearerLater) await set(addDays(from, 400), kroner(price + 25));
    return id;
  }

  private voucher(from: LocalDate) {
    return this.get(KeepDiscounts).add({
      code: 'VENNER10',
      kind: 'percentage',
      percentBp: 1_000,
      amount: null,
      validFrom: from,
      validUntil: addDays(from, 365),
      maxUses: 50,
      maxUsesPerStudent: 1,
      productId: null,
    });
  }

  private async remind(): Promise<void> {
    const dunning = this.get(ConfigureDunning);
    const standing = await dunning.read();
    await dunning.execute({ ...standing, reminderAfterDays: 3, feeAfterDays: 14, stopAfterDays: 60 });
  }

  private oldestDebt(): Promise<{ studentId: Id; gross: number }> {
    return schoolQuery<Tables<typeof InvoiceSchema>>(this.get(EntityManager))
      .selectFrom('invoices')
      .select(['student_id as studentId', 'gross_minor as gross'])
      .where('kind', '=', 'invoice')
      .where('state', '=', 'issued')
      .orderBy('due_on')
      .orderBy('number')
      .limit(1)
      .executeTakeFirstOrThrow();
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }
}
