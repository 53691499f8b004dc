import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { transferSources } from '../../finance/index.js';
import { AccountWords, MappingMissing } from './account-words.js';
import { type Candidate, candidatesOf, isDocument, periodOf, type ScannedTransfer } from './candidates.js';
import { likelyAccount, likelyTaxCode } from './chart-of-ours.js';
import { onAccounts } from './document-lines.js';
import { sameSums, stillToSend } from './journal-sums.js';
import { encoded, journalFile } from './journal-layout.js';
import { nextTurn } from './next-turn.js';
import { AccountingRecord } from './record.js';
import { keptSince } from './retention.js';
import { fc } from '../../../../test/support/properties.js';
import { Money } from '../../../platform/values/money.js';

const student = newId();
const transfer = (of: Partial<ScannedTransfer>): ScannedTransfer => ({
  id: newId(),
  source: 'payment',
  sourceId: newId(),
  occurredOn: '2026-12-05',
  minor: 10_000,
  currency: 'DKK',
  debitStudentId: null,
  creditStudentId: null,
  number: null,
  grossMinor: null,
  invoiceStudentId: null,
  ...of,
});

describe('what a ledger wants sent', () => {
  const how = { mode: 'documents', period: 'day', journals: true } as const;

  it('is each document once, however many transfers it has', () => {
    const invoice = {
      source: 'invoice',
      sourceId: newId(),
      number: 7,
      grossMinor: 12_500,
      invoiceStudentId: student,
    } as const;
    const found = candidatesOf([transfer(invoice), transfer({ ...invoice, minor: 2_500 })], how);
    expect(found).toMatchObject([{ kind: 'invoice', reference: '7', minor: 12_500, studentId: student }]);
  });

  it('has a mark that every system takes as a number: of 21 characters at most, without spaces', () => {
    for (const source of transferSources.filter((each) => !isDocument(each))) {
      const [{ reference }] = candidatesOf([transfer({ source, creditStudentId: student })], how) as [Candidate];
      expect(reference).toMatch(/^[\dA-Z]{13,21}$/);
    }
  });

  it('is a payment or a refund, by the side of the student, and the rest a journal of its period', () => {
    const found = candidatesOf(
      [
        transfer({ creditStudentId: student }),
        transfer({ source: 'dispute', debitStudentId: student }),
        transfer({ source: 'cash_banked' }),
        transfer({ source: 'cash_banked' }),
        transfer({ debitStudentId: student, creditStudentId: newId() }),
      ],
      how,
    );
    expect(found.map(({ kind }) => kind)).toEqual(['payment', 'refund', 'journal']);
    expect(candidatesOf([transfer({ source: 'payout' })], { ...how, journals: false })).toEqual([]);
  });

  it('is journals alone, where the school wants sums', () => {
    const monthly = { mode: 'journals', period: 'month', journals: true } as const;
    const found = candidatesOf(
      [transfer({ creditStudentId: student }), transfer({ occurredOn: '2026-12-31' })],
      monthly,
    );
    expect(found).toMatchObject([{ kind: 'journal', reference: '2026-12-01_2026-12-31' }]);
    expect(periodOf('2028-02-29', 'month')).toEqual(['2028-02-01', '2028-02-29']);
  });
});

describe('journal sums', () => {
  const sum = fc.record({
    account: fc.constantFrom('1000', '3000', '7200'),
    vatCode: fc.constantFrom(null, 'U25'),
    minor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    currency: fc.constant('DKK'),
  });

  it('sent and still to be sent are what there is, whatever was sent before', () => {
    const holds = fc.property(fc.array(sum), fc.array(sum), (now, sent) => {
      expect(sameSums([...sent, ...stillToSend(now, sent)], now)).toBe(true);
    });
    fc.assert(holds);
  });
});

describe('lines on the accounts of the ledger', () => {
  const line = { text: 'Lektion', quantity: 1, vatRateBp: 2500, productId: null, netMinor: 40_000, vatMinor: 10_000 };
  const sale = { code: '3000', isRevenue: true, vatRateBp: 2500, productId: null, minor: 80_000 };

  it('stay as they are where all went to one account', () => {
    expect(onAccounts([line, line], [sale])).toEqual(
      [line, line].map((each) => ({ ...each, code: '3000', isRevenue: true })),
    );
  });

  it('are one for each account, to the øre, where some was delivered and some was not', () => {
    const parts = [
      { ...sale, minor: 33_333 },
      { ...sale, code: '2200', isRevenue: false, minor: 46_667 },
    ];
    const lines = onAccounts([line, line], parts);
    expect(lines.map(({ code, netMinor }) => [code, netMinor])).toEqual([
      ['3000', 33_333],
      ['2200', 46_667],
    ]);
    expect(lines.reduce((total, { vatMinor }) => total + vatMinor, 0)).toBe(20_000);
  });
});

describe('the books’ own words', () => {
  it('are missing by name until the school has said them, and ours in a system without a chart', () => {
    const product = newId();
    const mappings = [{ kind: 'product' as const, ours: product, theirs: '1015' }];
    expect(() => new AccountWords(mappings, false).account('3000')).toThrow(MappingMissing);
    const words = new AccountWords(mappings, true);
    expect([words.account('3000'), words.account('3000', product, true), words.account('2200', product)]).toEqual([
      '3000',
      '1015',
      '2200',
    ]);
    expect([words.taxCode(2500), words.taxCode(0)]).toEqual(['U25', '']);
  });

  it('are guessed from a Danish chart', () => {
    const chart = [
      { code: '1010', name: 'Salg af varer/ydelser m/moms', kind: 'revenue' },
      { code: '5600', name: 'Debitorer', kind: 'asset' },
      { code: '5820', name: 'Bank', kind: 'bank' },
      { code: '3000', name: 'Løn', kind: 'expense' },
    ] as const;
    const ours = { code: '3000', name: 'Salg med moms', kind: 'revenue' } as const;
    expect(likelyAccount(ours, chart)).toBe('1010');
    expect(likelyAccount({ code: '1000', name: 'Bank', kind: 'asset' }, chart)).toBe('5820');
    expect(likelyAccount({ code: '4200', name: 'Tab på debitorer', kind: 'expense' }, chart)).toBeNull();
    const codes = [
      { code: 'I25', name: 'Købsmoms', rateBp: 2500 },
      { code: 'U25', name: 'Salgsmoms', rateBp: 2500 },
    ];
    expect([likelyTaxCode(2500, codes), likelyTaxCode(0, codes)]).toEqual(['U25', null]);
  });
});

describe('a journal as a file', () => {
  async function* entries() {
    const line = { date: '2026-12-01', voucher: '1', account: '3000', text: 'Køreprøve', vatCode: 'U25' };
    yield [{ ...line, debit: null, credit: Money.of(12_345) }];
  }

  it('has the columns, the decimal mark and the letters that are asked for', async () => {
    const layout = { columns: ['account', 'amount', 'text'], encoding: 'windows-1252', decimal: 'point' } as const;
    const parts: Buffer[] = [];
    for await (const part of journalFile(entries(), layout)) parts.push(part);
    expect(new TextDecoder('windows-1252').decode(Buffer.concat(parts))).toBe(
      'Konto;Beløb;Tekst\r\n3000;-123.45;Køreprøve\r\n',
    );
    expect(encoded('æ', { encoding: 'utf-8' }, true)).toEqual(Buffer.from('\uFEFFæ'));
  });
});

describe('a record', () => {
  const record = (of: Partial<AccountingRecord>) =>
    Object.assign(new AccountingRecord(), { state: 'waiting', attempts: 0, voucher: 'none', ...of });
  const now = new Date('2026-12-01T08:00:00Z');

  it('that may have been sent is looked up when it is tried again, and one that was not is not', () => {
    const refused = record({ state: 'failed', attempts: 1 });
    const unmapped = record({ state: 'failed', attempts: 0 });
    expect([refused.retry(now), refused.state, unmapped.retry(now), unmapped.state]).toEqual([
      true,
      'unknown',
      true,
      'waiting',
    ]);
    expect(record({ state: 'booked' }).retry(now)).toBe(false);
    expect(record({ state: 'booked', voucher: 'wanted' }).retry(now)).toBe(true);
  });

  it('that is lost is asked for ever more seldom, and stays booked when only its voucher is', () => {
    const lost = record({ attempts: 1 });
    lost.lose('timeout', now);
    expect(lost.nextTryAt!.getTime() - now.getTime()).toBe(60_000);
    lost.attempts = 30;
    lost.lose('timeout', now);
    expect(lost.nextTryAt!.getTime() - now.getTime()).toBe(6 * 3_600_000);
    const booked = record({ state: 'booked', voucher: 'wanted' });
    booked.fail('too_large');
    expect(booked.state).toBe('booked');
  });
});

it('turns come in an hour, or at night where the school is', () => {
  const now = new Date('2026-12-01T08:00:00Z');
  expect(nextTurn('hourly', now, 'Europe/Copenhagen')).toEqual(new Date('2026-12-01T09:00:00Z'));
  expect(nextTurn('daily', now, 'Europe/Copenhagen')).toEqual(new Date('2026-12-02T01:15:00Z'));
  expect(keptSince(now)).toBe('2021-01-01');
});
