import { describe, expect, it } from '@jest/globals';
import type { SmsSender } from '../../src/modules/notifications/index.js';

/** What a contract needs to know of an adapter and of the provider it is pointed at. */
export interface SmsProviderUnderTest {
  readonly sender: () => SmsSender;
  /** A number the provider takes. */
  readonly goodNumber: string;
  /** Numbers that exist but that the provider refuses for ever: invalid there, unsubscribed. */
  readonly refusedNumbers: readonly string[];
  /** What the provider holds for a number, oldest first. */
  readonly taken: (to: string) => readonly { readonly ref: string; readonly body: string }[];
  /** Breaks the next call in that way. */
  readonly breakNext: (how: ProviderFault) => void;
}

export type ProviderFault = 'timeout_after_acting' | 'timeout_before' | 'error_500' | 'rate_limited' | 'garbage';

let texts = 0;
const newText = () => `Din tid tirs. 1. dec. kl. 10.00 er booket. Æøå, nr. ${++texts}`;

/** What every SmsSender promises, whoever carries the messages. */
export function smsSenderContract(name: string, setup: () => SmsProviderUnderTest): void {
  describe(`${name} keeps the contract of SmsSender`, () => {
    const ten = 10_000;

    it('hands a text over unchanged and gives the provider’s reference', async () => {
      const { sender, goodNumber, taken } = setup();
      const body = newText();
      const delivery = await sender().send({ to: goodNumber, body });
      expect(delivery.outcome).toBe('accepted');
      expect(taken(goodNumber)).toContainEqual({ ref: delivery.outcome === 'accepted' && delivery.providerRef, body });
    });

    it.each(['', 'abc', '112', '20123456', '+4520123456\r\nBcc: x', '+45201234567890123'])(
      'refuses %j, which is no number',
      async (to) => {
        expect(await setup().sender().send({ to, body: newText() })).toMatchObject({ outcome: 'rejected' });
      },
    );

    it('answers rejected for numbers the provider will never take, without telling the number', async () => {
      const { sender, refusedNumbers } = setup();
      for (const to of refusedNumbers) {
        const delivery = await sender().send({ to, body: newText() });
        expect(delivery).toMatchObject({ outcome: 'rejected' });
        expect(JSON.stringify(delivery)).not.toContain(to.slice(1));
      }
    });

    it.each<ProviderFault>(['timeout_before', 'error_500', 'rate_limited', 'garbage'])(
      'answers unknown after %s',
      async (how) => {
        const { sender, goodNumber, breakNext } = setup();
        breakNext(how);
        expect(await sender().send({ to: goodNumber, body: newText() })).toMatchObject({ outcome: 'unknown' });
      },
      ten,
    );

    it(
      'finds what was taken although the answer never came',
      async () => {
        const { sender, goodNumber, breakNext, taken } = setup();
        const sms = { to: goodNumber, body: newText() };
        const since = new Date();
        breakNext('timeout_after_acting');
        expect(await sender().send(sms)).toMatchObject({ outcome: 'unknown' });
        const refs = await sender().findTaken(sms, since);
        expect(refs).toHaveLength(1);
        expect(taken(goodNumber)).toContainEqual({ ref: refs[0], body: sms.body });
      },
      ten,
    );

    it('finds nothing when nothing was taken, and no other text, number or time', async () => {
      const { sender, goodNumber } = setup();
      const sms = { to: goodNumber, body: newText() };
      await sender().send(sms);
      const before = new Date(Date.now() - 1_000);
      expect(await sender().findTaken(sms, before)).toHaveLength(1);
      expect(await sender().findTaken({ ...sms, body: newText() }, before)).toEqual([]);
      expect(await sender().findTaken({ ...sms, to: '+4520999999' }, before)).toEqual([]);
      expect(await sender().findTaken(sms, new Date(Date.now() + 3_600_000))).toEqual([]);
    });

    it('names two equal texts apart, oldest first', async () => {
      const { sender, goodNumber } = setup();
      const sms = { to: goodNumber, body: newText() };
      const since = new Date();
      const sent = [await sender().send(sms), await sender().send(sms)];
      expect(await sender().findTaken(sms, since)).toEqual(
        sent.map((each) => each.outcome === 'accepted' && each.providerRef),
      );
    });
  });
}
