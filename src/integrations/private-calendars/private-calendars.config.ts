import { IsBoolean } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Private calendars')
export class PrivateCalendarsConfig {
  @Env('PRIVATE_CALENDARS_LOCAL', {
    description:
      'true: calendars may be read from this machine and by plain http, for tests; anybody who adds one could look into our network',
    default: false,
    unsafe: (value) => (/^(true|1|yes|on)$/i.test(value) ? 'would let calendars lead into our own network' : undefined),
  })
  @IsBoolean()
  readonly allowLocal: boolean;
}
