import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/public.js';
import { languageOf } from '../../../platform/http/language.js';
import { accountPasswordPage, accountPasswordScript } from './account-password.page.js';

/** The page behind the links of invitations and password resets. */
@Controller('account')
@ApiExcludeController()
@Public('whoever opens it has no password yet')
export class AccountPasswordController {
  @Get('password')
  @Header('content-type', 'text/html; charset=utf-8')
  form(@Headers('accept-language') accepted: string | undefined): string {
    return accountPasswordPage(languageOf(accepted));
  }

  @Get('password.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return accountPasswordScript;
  }
}
