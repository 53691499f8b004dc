import { describe, expect, it } from '@jest/globals';
import type { Email, EmailSender } from '../../src/modules/notifications/index.js';
import { newId } from '../../src/platform/values/id.js';
import { pngOf } from '../support/images.js';
import type { ProviderFault } from './sms-sender.contract.js';

/** An e-mail as it arrived. */
export interface ArrivedEmail {
  readonly messageId: string | null;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: Buffer;
    readonly contentId: string | null;
  }[];
}

export interface EmailProviderUnderTest {
  readonly sender: () => EmailSender;
  /** Whether every attempt of one mail has the same reference. */
  readonly sameReference: boolean;
  /** Whether the provider can be asked what it has taken. */
  readonly canTellTaken: boolean;
  /** Whether the provider has a list of its own of whom it writes to no more, and lets us take somebody off it; `suppressed@…` is on it. */
  readonly hasSuppressions: boolean;
  /** An address the provider refuses for ever; null where it takes all, and tells later. */
  readonly refusedAddress: string | null;
  readonly arrived: () => readonly ArrivedEmail[];
  readonly breakNext: (how: ProviderFault) => void;
}

export function email(changes: Partial<Email> = {}): Email {
  return {
    messageId: newId(),
    to: { name: 'Søren Ærø', address: 'soeren@example.dk' },
    fromName: 'Nordhavn Køreskole',
    replyTo: 'post@nordhavn.example',
    subject: 'Din tid er booket: æøå 🚗',
    html: '<p>Hej <b>Søren</b>, vi ses på Ærø</p>',
    text: 'Hej Søren, vi ses på Ærø\n',
    ...changes,
  };
}

/** What every EmailSender promises, whoever carries the mail. */
export function emailSenderContract(name: string, setup: () => EmailProviderUnderTest): void {
  describe(`${name} keeps the contract of EmailSender`, () => {
    const ten = 10_000;
    const arrivedAs = (sent: Email) =>
      setup()
        .arrived()
        .filter((each) => each.messageId?.includes(sent.messageId));

    it('delivers subject, HTML, text and attachments unchanged', async () => {
      const paper = {
        filename: 'faktura-1042.pdf',
        contentType: 'application/pdf',
        content: Buffer.from('%PDF-1.7 æ\n'),
      };
      const sent = email({ attachments: [paper] });
      expect(await setup().sender().send(sent)).toMatchObject({ outcome: 'accepted' });
      const [arrived] = arrivedAs(sent);
      expect(arrived).toMatchObject({ subject: sent.subject, recipients: ['soeren@example.dk'] });
      expect(arrived?.from).toContain('Nordhavn Køreskole');
      expect(arrived?.html?.trim()).toBe(sent.html);
      expect(arrived?.text?.trim()).toBe(sent.text.trim());
      expect(arrived?.attachments).toMatchObject([
        { name: paper.filename, type: paper.contentType, content: paper.content, contentId: null },
      ]);
    });

    it('shows a picture where the HTML names it, beside a paper', async () => {
      const paper = { filename: 'faktura-1042.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7') };
      const picture = { filename: 'logo.png', contentType: 'image/png', content: pngOf(4, 2), inline: true } as const;
      const sent = email({ html: '<p><img src="cid:logo.png" alt="Skolen"></p>', attachments: [paper, picture] });
      expect(await setup().sender().send(sent)).toMatchObject({ outcome: 'accepted' });
      const [arrived] = arrivedAs(sent);
      expect(arrived?.html?.trim()).toBe(sent.html);
      expect(arrived?.attachments).toHaveLength(2);
      expect(arrived?.attachments).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: paper.filename, contentId: null }),
          expect.objectContaining({ type: 'image/png', content: picture.content, contentId: 'logo.png' }),
        ]),
      );
    });

    it('gives every attempt of one message the same Message-ID', async () => {
      const sent = email();
      const [first, second] = [await setup().sender().send(sent), await setup().sender().send(sent)];
      if (setup().sameReference) expect(first).toEqual(second);
      expect(new Set(arrivedAs(sent).map((each) => each.messageId)).size).toBe(1);
    });

    it('answers rejected for an address the provider refuses, without telling the address', async () => {
      const { sender, refusedAddress } = setup();
      if (refusedAddress === null) return;
      const delivery = await sender().send(email({ to: { name: 'X', address: refusedAddress } }));
      expect(delivery).toMatchObject({ outcome: 'rejected' });
      expect(JSON.stringify(delivery)).not.toContain(refusedAddress);
    });

    it.each(['', 'nobody', 'a@b.dk, c@d.dk', 'a@b.dk\r\nBcc: c@d.dk', '<a@b.dk>', 'a b@c.dk'])(
      'refuses %j, which is no address',
      async (address) => {
        expect(
          await setup()
            .sender()
            .send(email({ to: { name: 'X', address } })),
        ).toMatchObject({ outcome: 'rejected' });
      },
    );

    it('lets no name or subject add a header or a recipient', async () => {
      const sent = email({
        to: { name: 'Eve\r\nBcc: everybody@example.dk', address: 'eve@example.dk' },
        fromName: 'School\r\nX-Evil: 1',
        replyTo: 'a@b.dk\r\nX-Evil: 1',
        subject: 'Hi\r\nX-Evil: 1\r\n\r\nbody',
      });
      expect(await setup().sender().send(sent)).toMatchObject({ outcome: 'accepted' });
      const [arrived] = arrivedAs(sent);
      expect(arrived?.recipients).toEqual(['eve@example.dk']);
      expect(arrived?.headers.map((each) => each.name)).not.toEqual(expect.arrayContaining(['x-evil']));
      expect(arrived?.headers.map((each) => each.name)).not.toEqual(expect.arrayContaining(['bcc']));
      expect(arrived?.html?.trim()).toBe(sent.html);
    });

    it.each([
      ['a name of a megabyte', 'Ø'.repeat(1_000_000), /^.{0,8}Ø{50,}/su],
      ['right-to-left', 'نور شعبان', /نور شعبان/],
      ['emoji', 'Ida 🚗👩‍🏫', /Ida 🚗👩‍🏫/],
      ['a name turned around', '\u202emoc.evil\u202c Bank', /moc\.evil {1,2}Bank/],
      ['quotes and brackets', 'Ann "Ace" <x@y.dk>', /Ann .*Ace/],
      ['half a character', 'Bo \ud83d', /Bo/],
    ])('sends to and from somebody with %s', async (_what, called, shown) => {
      const to = { name: called, address: 'odd@example.dk' };
      const sent = email({ to, fromName: called, subject: called });
      expect(await setup().sender().send(sent)).toMatchObject({ outcome: 'accepted' });
      const [arrived] = arrivedAs(sent);
      expect(arrived?.recipients).toEqual(['odd@example.dk']);
      expect(arrived?.subject).toMatch(shown);
      expect(arrived?.subject).not.toContain('\u202e');
      expect(arrived?.from).toMatch(shown);
      expect(arrived?.from.length).toBeLessThan(600);
    });

    it('offers to unsubscribe with one click where that is meant, and only there', async () => {
      const [service, news] = [email(), email({ listUnsubscribe: 'https://app.skole.example/u/1' })];
      for (const sent of [service, news]) expect((await setup().sender().send(sent)).outcome).toBe('accepted');
      const named = (sent: Email) =>
        Object.fromEntries((arrivedAs(sent)[0]?.headers ?? []).map((each) => [each.name.toLowerCase(), each.value]));
      expect(named(news)).toMatchObject({
        'list-unsubscribe': '<https://app.skole.example/u/1>',
        'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      });
      expect(named(service)).not.toHaveProperty('list-unsubscribe');
      expect(named(service)).toMatchObject({ 'auto-submitted': 'auto-generated' });
    });

    it('writes again to an address that is taken off the list of its own, and has no trouble with one that is on none', async () => {
      const { sender, hasSuppressions } = setup();
      const to = { name: 'Ida', address: hasSuppressions ? 'suppressed+ida@example.dk' : 'ida@example.dk' };
      const [before, after] = [email({ to }), email({ to })];
      await sender().send(before);
      expect(arrivedAs(before)).toHaveLength(hasSuppressions ? 0 : 1);
      for (let i = 0; i < 2; i++) await sender().removeSuppression(to.address);
      expect(await sender().send(after)).toMatchObject({ outcome: 'accepted' });
      expect(arrivedAs(after)).toHaveLength(1);
    });

    it('finds what was taken although the answer never came, where it can', async () => {
      const { sender, breakNext, canTellTaken } = setup();
      const sent = email();
      const since = new Date(Date.now() - 1_000);
      breakNext('timeout_after_acting');
      expect(await sender().send(sent)).toMatchObject({ outcome: 'unknown' });
      const ref = await sender().findTaken(sent, since);
      if (canTellTaken) expect(ref).toContain(sent.messageId);
      else expect(ref).toBeNull();
      expect(await sender().findTaken(email(), since)).toBeNull();
    });

    it.each<ProviderFault>(['timeout_before', 'timeout_after_acting', 'error_500', 'rate_limited', 'garbage'])(
      'answers unknown after %s',
      async (how) => {
        const { sender, breakNext } = setup();
        breakNext(how);
        expect(await sender().send(email())).toMatchObject({ outcome: 'unknown' });
        expect(await sender().send(email())).toMatchObject({ outcome: 'accepted' });
      },
      ten,
    );
  });
}
