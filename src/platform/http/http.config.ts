import { IsOptional, IsString, IsUrl } from 'class-validator';
import { isIP } from 'node:net';
import { ConfigSection, Env } from '../config/config.section.js';
import { vendorsOwn } from '../config/safety.js';

@ConfigSection('HTTP')
export class HttpConfig {
  @Env('TRUSTED_PROXIES', {
    description: 'addresses of the proxies whose X-Forwarded-* headers count, separated by commas; empty: none',
    example: '10.0.0.5,10.0.0.6',
    default: '',
  })
  @IsString()
  readonly trustedProxies: string;

  @Env('SANDBOX_URL', {
    description: 'where the sandbox shows its mailbox and checkout, linked from the home page; `npm start` sets it',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly sandboxUrl?: string;

  /** True when the peer is one of our own proxies. */
  trusts(address: string): boolean {
    const trusted = this.trustedProxies.split(',').map((each) => each.trim());
    return isIP(address) !== 0 && trusted.includes(address);
  }
}
