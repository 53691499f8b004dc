import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Ajv2020Module from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { type Sandbox, SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/sandbox.js';
import { FindkoreskoleDirectory, toldBy } from '../../src/integrations/findkoreskole/findkoreskole-directory.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { SignedPosts } from '../../src/platform/webhooks/signed-post.js';

const document = JSON.parse(readFileSync('docs/partners/findkoreskole.openapi.json', 'utf8')) as {
  components: { schemas: Record<string, object> };
};
const ajv = new Ajv2020Module.default({ strict: false });
addFormatsModule.default(ajv);
const isDescribed = (name: string) => ajv.compile(document.components.schemas[name]!);

let sandbox: Sandbox;
let directory: FindkoreskoleDirectory;

beforeAll(async () => {
  sandbox = await startSandbox();
  const localHosts = [new URL(sandbox.url).host];
  const posts = new SignedPosts({ localHostList: localHosts.join(), localHosts }, new ProviderCalls(new Metrics()));
  const secret = SANDBOX_CREDENTIALS.findkoreskoleWebhookSecret;
  directory = new FindkoreskoleDirectory({ url: `${sandbox.url}/findkoreskole/hooks`, secret }, posts);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox?.close());

const news = () => ({ messageId: newId(), schoolId: newId(), isListed: true, position: 3, changedAt: new Date() });
const report = () =>
  ({ messageId: newId(), externalId: 'fk-1', state: 'contacted', revision: 2, changedAt: new Date() }) as const;

describe('what the directory is told', () => {
  it('is as its document says, and signed so that it takes it', async () => {
    expect(await directory.announce(news())).toEqual({ outcome: 'accepted' });
    expect(await directory.reportLead(report())).toEqual({ outcome: 'accepted' });
    const [school, lead] = [...sandbox.findkoreskole.heard.values()];
    for (const [name, message] of [
      ['SchoolChanged', school],
      ['LeadChanged', lead],
    ] as const) {
      const validate = isDescribed(name);
      expect([name, validate(message), validate.errors]).toEqual([name, true, null]);
    }
  });

  it('is unknown while the directory fails, stalls or is away, and one message however often it is said', async () => {
    const message = news();
    for (const kind of ['error_500', 'rate_limited', 'timeout_after_acting'] as const) {
      sandbox.faults.add({ system: 'findkoreskole', operation: 'hooks', kind, delayMs: 100 });
      expect([kind, (await directory.announce(message)).outcome]).toEqual([kind, 'unknown']);
    }
    expect(await directory.announce(message)).toEqual({ outcome: 'accepted' });
    expect(sandbox.findkoreskole.heard.size).toBe(1);
  });

  it('is refused for good by an answer of 4xx alone', () => {
    const refused = (status: number | null, reason: string) =>
      toldBy({ outcome: 'rejected', status, reason: reason as 'http_400', isGone: false }).outcome;
    expect([400, 401, 404, 410, 422].map((status) => refused(status, `http_${status}`))).toEqual(
      Array(5).fill('rejected'),
    );
    expect([408, 429, 500, 503, null].map((status) => refused(status, 'http_500'))).toEqual(Array(5).fill('unknown'));
  });
});
