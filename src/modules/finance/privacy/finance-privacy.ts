import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
  type Objection,
  ObjectsToErasure,
} from '../../../platform/privacy/personal-data.decorators.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { ForgetWebhooks } from '../../../platform/webhooks/forget-webhooks.js';
import { StudentAccount } from '../queries/student-account.js';
import { StudentMoney } from './student-money.js';

/** The person's money: vouchers stay five years after their year's end, as bookkeeping law wants it. */
@Injectable()
export class FinancePrivacy {
  constructor(
    private readonly money: StudentMoney,
    private readonly accounts: StudentAccount,
    private readonly webhooks: ForgetWebhooks,
  ) {}

  @ExportsPersonalData('money')
  async export({ id }: DataSubject): Promise<unknown> {
    const { payments, ...others } = await this.money.of(id);
    // How a provider calls a payment is its business and ours.
    return { ...others, payments: payments.map(({ references: _references, ...payment }) => payment) };
  }

  @ObjectsToErasure('money')
  async objections({ id }: DataSubject): Promise<Objection[]> {
    const { amount } = await this.accounts.balanceOf(id);
    const [owes, isOwed] = [amount > 0, amount < 0];
    const isOpen = await this.money.isOpen(id);
    return [...(owes ? [moneyOwed] : []), ...(isOwed ? [creditOpen] : []), ...(isOpen ? [paymentOpen] : [])];
  }

  @ErasesPersonalData('money')
  async erase({ id, email, phone }: DataSubject, today: LocalDate): Promise<Kept | null> {
    const { payments } = await this.money.of(id);
    const marks = payments.flatMap((payment) => [payment.id, ...payment.references]);
    await this.webhooks.telling([id, email, ...(phone ? [phone] : []), ...marks]);
    await this.money.eraseNotes(id);
    const yearsKept = 5;
    const year = Number(today.slice(0, 4));
    const oldest = await this.money.eraseVouchers(id, `${year - yearsKept}-01-01`);
    return oldest ? { until: `${Number(oldest.slice(0, 4)) + yearsKept + 1}-01-01` } : null;
  }
}

const moneyOwed: Objection = {
  code: 'money_owed',
  texts: {
    en: 'Invoices are not paid: have them paid, or credit them.',
    da: 'Fakturaer er ikke betalt: få dem betalt, eller krediter dem.',
  },
};

const creditOpen: Objection = {
  code: 'credit_open',
  texts: {
    en: 'The student has money to his credit: refund it.',
    da: 'Eleven har penge til gode: betal dem tilbage.',
  },
};

const paymentOpen: Objection = {
  code: 'payment_open',
  texts: {
    en: 'A charge is not invoiced, or a payment or refund is on its way: invoice or void the charge, and wait for the money.',
    da: 'En post er ikke faktureret, eller en betaling er på vej: fakturer eller annuller posten, og vent på pengene.',
  },
};
