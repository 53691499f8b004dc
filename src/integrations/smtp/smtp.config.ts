import { IsEmail, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('E-mail')
export class SmtpConfig {
  @Env('MAIL_PROVIDER', { description: 'smtp', default: 'smtp' })
  @IsIn(['smtp'])
  readonly provider: 'smtp';

  @Env('MAIL_HOST', { description: 'the SMTP server', example: 'smtp.example.com', localDefault: '127.0.0.1' })
  @IsString()
  readonly host: string;

  @Env('MAIL_PORT', {
    description: 'its port: 465 speaks TLS from the start, 587 and others change to it',
    example: '587',
    localDefault: 4125,
  })
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
}
