import { IsBoolean, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { isIP } from 'node:net';
import { ConfigSection, Env } from '../config/config.section.js';
import { listed } from '../config/listed.js';
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

  @Env('CORS_ORIGINS', {
    description: 'origins whose pages may call the API from a browser, separated by commas; empty: none',
    example: 'https://app.example.dk,https://booking.example.dk',
    default: '',
  })
  @Matches(/^(https?:\/\/[^\s/,]+(,\s*(?=\S)|$))*$/, {
    message: 'must be origins such as https://app.example.dk, without a path',
  })
  readonly corsOriginList: string;

  @Env('HTTP_COMPRESSION', {
    description: 'packs large answers; false where a proxy in front does it',
    default: true,
  })
  @IsBoolean()
  readonly compression: boolean;

  @Env('EVENT_STREAM_SECONDS', {
    description:
      'how long a stream of server-sent events stays open before whoever listens has to come back, and show that he still may; 0: it says what there is and ends',
    default: 60,
  })
  @IsInt()
  @Min(0)
  @Max(600)
  readonly eventStreamSeconds: number;

  get corsOrigins(): readonly string[] {
    return listed(this.corsOriginList);
  }

  /** True when the peer is one of our own proxies. */
  trusts(address: string): boolean {
    return isIP(address) !== 0 && listed(this.trustedProxies).includes(address);
  }
}
