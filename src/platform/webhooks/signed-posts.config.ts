import { IsString } from 'class-validator';
import { ConfigSection, Env } from '../config/config.section.js';
import { listed } from '../config/listed.js';

@ConfigSection('Webhooks that we send')
export class SignedPostsConfig {
  @Env('WEBHOOK_LOCAL_HOSTS', {
    description:
      'hosts with their ports, separated by commas, that our webhooks may go to by plain http and in a private network, for tests and the sandbox; all others need https and a public address',
    example: '127.0.0.1:4100',
    default: '',
    unsafe: (value) => (value ? 'would let webhooks lead into our own network' : undefined),
  })
  @IsString()
  readonly localHostList: string;

  get localHosts(): readonly string[] {
    return listed(this.localHostList);
  }
}
