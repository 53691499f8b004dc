import { IsEmail, IsIn, IsInt, IsOptional, IsString, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env, type SafetyCheck } from '../platform/config/config.section.js';
import { needs } from '../platform/config/safety.js';

export const mailProviders = ['smtp', 'mailtrap-sandbox', 'mailtrap', 'sparkpost', 'sendgrid', 'mailgun'] as const;
export type MailProvider = (typeof mailProviders)[number];

const needed: Readonly<Partial<Record<string, readonly string[]>>> = {
  'mailtrap-sandbox': ['MAIL_USERNAME', 'MAIL_PASSWORD'],
  mailtrap: ['MAILTRAP_API_TOKEN'],
  sparkpost: ['SPARKPOST_API_KEY'],
  sendgrid: ['SENDGRID_API_KEY'],
  mailgun: ['MAILGUN_API_KEY', 'MAILGUN_DOMAIN'],
};

const hasCredentials: SafetyCheck = (value, { environment, env }) => {
  if (environment === 'production' && value === 'mailtrap-sandbox') return 'catches all mail: nobody would get any';
  return needs(needed[value] ?? [], env);
};

const bySmtp = ({ provider }: MailConfig) => provider === 'smtp';
const signed = ({ dkimSelector }: MailConfig) => dkimSelector !== undefined;

@ConfigSection('E-mail')
export class MailConfig {
  @Env('MAIL_PROVIDER', {
    description:
      'smtp, mailtrap, sparkpost, sendgrid or mailgun; mailtrap-sandbox catches all mail in an inbox of Mailtrap’s, with MAIL_USERNAME and MAIL_PASSWORD',
    default: 'smtp',
    unsafe: hasCredentials,
  })
  @IsIn(mailProviders)
  readonly provider: MailProvider;

  @Env('MAIL_HOST', {
    description: 'the SMTP server, with MAIL_PROVIDER=smtp',
    example: 'smtp.example.com',
    localDefault: '127.0.0.1',
  })
  @ValidateIf(bySmtp)
  @IsString()
  readonly host: string;

  @Env('MAIL_PORT', {
    description: 'its port: 465 speaks TLS from the start, 587 and others change to it',
    example: '587',
    localDefault: 4125,
  })
  @ValidateIf(bySmtp)
  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly port: number;

  @Env('MAIL_USERNAME', { description: 'empty for a server that asks for none' })
  @IsOptional()
  @IsString()
  readonly username?: string;

  @Env('MAIL_PASSWORD', { description: 'goes with MAIL_USERNAME', secret: true })
  @IsOptional()
  @IsString()
  readonly password?: string;

  @Env('MAIL_FROM_ADDRESS', {
    description: 'the sender of every e-mail; its domain also names the messages',
    example: 'post@example.com',
    localDefault: 'post@just-driving.example',
  })
  @IsEmail()
  readonly fromAddress: string;

  @Env('MAIL_FROM_NAME', { description: 'the sender’s name where no school’s stands', default: 'Just Driving' })
  @IsString()
  readonly fromName: string;

  @Env('MAIL_REDIRECT_TO', {
    description:
      'outside production every mail goes here instead of to its reader; empty: it is kept back. On a laptop the sandbox gets what it is sent',
    example: 'staging@example.com',
  })
  @IsOptional()
  @IsEmail()
  readonly redirectTo?: string;

  @Env('MAIL_DKIM_SELECTOR', {
    description: 'signs mail sent by SMTP with that DKIM key of MAIL_FROM_ADDRESS’s domain; empty: the server signs',
    example: 'mail2026',
  })
  @IsOptional()
  @IsString()
  readonly dkimSelector?: string;

  @Env('MAIL_DKIM_PRIVATE_KEY', { description: 'goes with MAIL_DKIM_SELECTOR, in PEM', secret: true })
  @ValidateIf(signed)
  @IsString()
  readonly dkimPrivateKey?: string;
}
