import { describe, expect, it } from '@jest/globals';
import type { SmsSender } from '../../src/modules/notifications/index.js';
import { newId } from '../../src/platform/values/id.js';

/** What a contract needs to know of an adapter and of the provider it is pointed at. */
export interface SmsProviderUnderTest {
  readonly sender: () => SmsSender;
  /** Whether the provider can be asked what it has taken. */
  readonly canTellTaken: boolean;
  /** A number the provider takes. */
  readonly goodNumber: string;
  /** Numbers that exist but that the provider refuses for ever: invalid there, unsubscribed. */
  readonly refusedNumbers: readonly string[];
  /** What the provider holds for a number, oldest first. */
  readonly taken: (to: string) => readonly { readonly ref: string; readonly body: string; readonly from?: string }[];
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
      expect(taken(goodNumber)).toContainEqual(
        expect.objectContaining({ ref: delivery.outcome === 'accepted' && delivery.providerRef, body }),
      );
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

    it('says how many parts are billed where it is told', async () => {
      const { sender, goodNumber } = setup();
      const delivery = await sender().send({ to: goodNumber, body: 'æ'.repeat(161), messageId: newId() });
      const told = delivery.outcome === 'accepted' ? (delivery.segments ?? 2) : null;
      expect(told).toBe(2);
    });

    it('sends emoji and right-to-left text, and refuses what is too long for any phone', async () => {
      const { sender, goodNumber, taken } = setup();
      const body = `${newText()} 🚗 שלום`;
      expect(await sender().send({ to: goodNumber, body })).toMatchObject({ outcome: 'accepted' });
      expect(taken(goodNumber).map((each) => each.body)).toContain(body);
      const endless = 'x'.repeat(1_000_000);
      expect(await sender().send({ to: goodNumber, body: endless })).toMatchObject({ outcome: 'rejected' });
    });

    it('shows the school’s name as the sender', async () => {
      const { sender, goodNumber, taken } = setup();
      const sms = { to: goodNumber, body: newText(), from: 'Nordhavn' };
      expect(await sender().send(sms)).toMatchObject({ outcome: 'accepted' });
      expect(taken(goodNumber)).toContainEqual(expect.objectContaining({ body: sms.body, from: sms.from }));
    });

    it('never sends twice by itself, and says nothing was found where it cannot tell', async () => {
      const { sender, goodNumber, breakNext, canTellTaken, taken } = setup();
      const sms = { to: goodNumber, body: newText() };
      breakNext('timeout_after_acting');
      expect(await sender().send(sms)).toMatchObject({ outcome: 'unknown' });
      expect(taken(goodNumber).filter((each) => each.body === sms.body)).toHaveLength(1);
      expect(await sender().findTaken(sms, new Date(Date.now() - 1_000))).toHaveLength(canTellTaken ? 1 : 0);
    });

    if (!setup().canTellTaken) return;
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
        expect(taken(goodNumber)).toContainEqual(expect.objectContaining({ ref: refs[0], body: sms.body }));
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
