import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { RefundAboveReceived } from './errors.js';
import { Payment } from './payment.js';

const now = new Date('2026-12-01T10:00:00Z');
const invoiceId = newId();

const payment = () =>
  Payment.of({
    id: newId(),
    schoolId: newId(),
    invoiceId,
    studentId: newId(),
    provider: 'stripe',
    accountRef: null,
    flow: 'checkout',
    capture: 'automatic',
    methodId: null,
    providerRef: null,
    chargeRef: null,
    state: 'created',
    amountMinor: 65_000,
    receivedMinor: 0,
    refundedMinor: 0,
    currency: 'DKK',
    checkoutUrl: null,
    openFor: invoiceId,
    failure: null,
    createdAt: now,
    expiresAt: now,
    nextCheckAt: now,
    checks: 0,
    settledAt: null,
  });

describe('a payment', () => {
  it('counts once', () => {
    const one = payment();
    expect(one.succeed(Money.of(65_000), 'pi_1', now)).toBe(true);
    expect(one.succeed(Money.of(65_000), 'pi_1', now)).toBe(false);
    expect(one.end('expired', null, now)).toBe(false);
    expect([one.state, one.receivedMinor, one.isOpen, one.nextCheckAt]).toEqual(['succeeded', 65_000, false, null]);
  });

  it('still counts when the money arrives after it was given up', () => {
    const one = payment();
    expect(one.end('expired', null, now)).toBe(true);
    expect(one.succeed(Money.of(65_000), 'pi_1', now)).toBe(true);
  });

  it('learns its checkout even when it was paid before we knew it', () => {
    const one = payment();
    one.succeed(Money.of(65_000), 'pi_1', now);
    one.await({ ref: 'cs_1', url: 'https://pay.example' });
    expect([one.state, one.providerRef]).toEqual(['succeeded', 'cs_1']);
  });

  it('gives back no more than it received', () => {
    const one = payment();
    expect(() => one.reserveRefund(Money.of(1))).toThrow(RefundAboveReceived);
    one.succeed(Money.of(65_000), 'pi_1', now);
    one.reserveRefund(Money.of(40_000));
    expect(() => one.reserveRefund(Money.of(25_001))).toThrow(RefundAboveReceived);
    one.releaseRefund(Money.of(40_000));
    one.reserveRefund(Money.of(65_000));
  });
});
