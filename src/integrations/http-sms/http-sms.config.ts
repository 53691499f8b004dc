import { IsIn, IsOptional, IsString, IsUrl, Matches } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { listed } from '../../platform/config/listed.js';

const names = ['to', 'message', 'from', 'reference', 'id', 'status', 'reason', 'number'] as const;
type FieldName = (typeof names)[number];

@ConfigSection('SMS: any aggregator over HTTP')
export class HttpSmsConfig {
  @Env('SMS_HTTP_URL', {
    description: 'where text messages are handed in, with SMS_PROVIDER=http',
    example: 'https://sms.example.com/v1/messages',
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly url?: string;

  @Env('SMS_HTTP_METHOD', { description: 'POST or PUT, with a JSON body', default: 'POST' })
  @IsIn(['POST', 'PUT'])
  readonly method: 'POST' | 'PUT';

  @Env('SMS_HTTP_HEADER', {
    description: 'the header that lets us in',
    example: 'Authorization: Bearer …',
    secret: true,
  })
  @IsOptional()
  @Matches(/^[\w-]+: ?\S[^\r\n]*$/, { message: 'must be a name, a colon and a value' })
  readonly header?: string;

  @Env('SMS_HTTP_FIELDS', {
    description:
      'what the aggregator calls our fields where it does not use our names, as ours=theirs: to, message, from and reference of what is sent (reference: our id); id of its answer; id, reference, status, reason and number of its reports. A dot leads into an object',
    example: 'to=msisdn,message=text,from=sender,reference=client_ref,id=data.message_id',
    default: '',
  })
  @Matches(/^(\s*(to|message|from|reference|id|status|reason|number)=[\w.-]+\s*(,|$))*$/, {
    message: 'must be pairs such as to=msisdn, separated by commas',
  })
  readonly fieldList: string;

  @Env('SMS_HTTP_SENDER', {
    description: 'the sender’s name or number where no school’s is shown',
    default: 'JustDriving',
  })
  @IsString()
  readonly sender: string;

  @Env('SMS_HTTP_CALLBACK_SECRET', {
    description:
      'proves its reports to {PUBLIC_URL}/webhooks/http-sms: the header X-Callback-Secret, or the password of basic authentication; empty: they are refused',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly callbackSecret?: string;

  /** The aggregator's name for it. */
  field(name: FieldName): string {
    const pair = listed(this.fieldList).find((each) => each.startsWith(`${name}=`));
    return pair ? pair.slice(name.length + 1) : name;
  }
}
