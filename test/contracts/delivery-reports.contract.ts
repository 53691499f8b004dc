import { describe, expect, it, jest } from '@jest/globals';
import type { ListeningApplication } from '../../sandbox/testing/application.js';
import type { DeliveryNews, DeliveryReports, News } from '../../src/modules/notifications/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { UntrustedWebhook, type WebhookRequest } from '../../src/platform/webhooks/webhook-adapter.js';
import { until } from '../support/until.js';

export interface ReportsUnderTest {
  readonly reports: DeliveryReports;
  /** Nobody has set up what proves a report. */
  readonly without: DeliveryReports;
  /** Set up with the proof of somebody else's account. */
  readonly ofAnother: DeliveryReports;
  readonly listening: ListeningApplication;
  readonly url: string;
  /** Hands the provider a message to that address; our id of it. */
  readonly send: (to: string) => Promise<Id>;
  /** Longer than the provider itself tries; a report that it dates is refused when it is older. */
  readonly freshForHours?: number;
  /** What it ends with, by the address. */
  readonly tells: Readonly<Record<string, Partial<DeliveryNews>>>;
}

/** What every provider's reports promise. */
export function deliveryReportsContract(name: string, setup: () => ReportsUnderTest): void {
  describe(`${name} keeps the contract of DeliveryReports`, () => {
    const heard = (): WebhookRequest[] => {
      const { listening, url } = setup();
      return listening.received
        .filter((each) => each.url.startsWith(url))
        .map(({ body, headers, url: called }) => ({ body: Buffer.from(body), headers, url: called }));
    };

    async function newsOf(reports: DeliveryReports, request: WebhookRequest): Promise<readonly News[]> {
      const { body } = await reports.accept(request);
      return reports.parse(body ?? request.body.toString(), new Date());
    }

    /** The last word on that message, once it is one of those. */
    async function lastOf(messageId: Id, wanted: Partial<DeliveryNews>): Promise<DeliveryNews> {
      const { reports } = setup();
      let last: DeliveryNews | undefined;
      await until(async () => {
        const all = (await Promise.all(heard().map((request) => newsOf(reports, request)))).flat();
        last = all.findLast((news): news is DeliveryNews => news.about === 'message' && news.messageId === messageId);
        return last?.state === wanted.state;
      });
      return last!;
    }

    it('tells what became of each message, by our own id', async () => {
      const { send, tells } = setup();
      for (const [address, wanted] of Object.entries(tells)) {
        const news = await lastOf(await send(address), wanted);
        expect(news).toMatchObject({ about: 'message', address, ...wanted });
        expect(news.providerRef).not.toBe('');
        expect(Math.abs(news.at.getTime() - Date.now())).toBeLessThan(60_000);
      }
    });

    it('knows a repeat by its key, and no other message by that', async () => {
      const { reports } = setup();
      const keys = await Promise.all(heard().map(async (request) => (await reports.accept(request)).key));
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(keys.length);
      const [first] = heard();
      expect((await reports.accept(first!)).key).toBe(keys[0]);
    });

    it('is taken three days late, or as late as it is sent by one who dates it, and no later', async () => {
      const { reports, freshForHours } = setup();
      const [first] = heard();
      const after = async (hours: number): Promise<unknown> => {
        const now = Date.now();
        const clock = jest.spyOn(Date, 'now').mockReturnValue(now + hours * 3_600_000);
        try {
          return (await reports.accept(first!)).key;
        } finally {
          clock.mockRestore();
        }
      };
      const key = await after(0);
      expect(await after((freshForHours ?? 72) - 1)).toBe(key);
      if (freshForHours) await expect(after(freshForHours + 1)).rejects.toThrow(UntrustedWebhook);
      else expect(await after(72)).toBe(key);
    });

    it('believes nobody else', async () => {
      const { without, ofAnother, reports } = setup();
      const [first] = heard();
      const strangers: [DeliveryReports, WebhookRequest][] = [
        [without, first!],
        [ofAnother, first!],
        [reports, { ...first!, headers: {}, body: Buffer.from('{}') }],
        [reports, { ...first!, headers: {}, body: Buffer.from('') }],
        [reports, { ...first!, headers: {}, body: Buffer.from('[null]') }],
      ];
      for (const [who, request] of strangers) {
        await expect((async () => who.accept(request))()).rejects.toThrow(UntrustedWebhook);
      }
    });

    it.each(['', 'null', '[]', '{}', '[null]', '<html>', '[{"msys":null}]', '{"events":[null]}', '{"event-data":7}'])(
      'makes nothing of %j',
      async (body) => expect(await setup().reports.parse(body, new Date())).toEqual([]),
    );
  });
}
