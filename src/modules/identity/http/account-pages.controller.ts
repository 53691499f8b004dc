import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/public.js';
import { languageOf } from '../../../platform/http/language.js';
import { accountPasswordPage, accountPasswordScript } from './account-password.page.js';
import { accountSecondFactorPage, accountSecondFactorScript } from './account-second-factor.page.js';

const htmlType = 'text/html; charset=utf-8';
const scriptType = 'text/javascript; charset=utf-8';

/** Pages for people who cannot sign in yet: those behind the links of invitations and resets, and the way to a second factor. */
@Controller('account')
@ApiExcludeController()
@Public('whoever opens them cannot sign in yet')
export class AccountPagesController {
  @Get('password')
  @Header('content-type', htmlType)
  passwordForm(@Headers('accept-language') accepted: string | undefined): string {
    return accountPasswordPage(languageOf(accepted));
  }

  @Get('password.js')
  @Header('content-type', scriptType)
  passwordScript(): string {
    return accountPasswordScript;
  }

  @Get('second-factor')
  @Header('content-type', htmlType)
  secondFactorForm(@Headers('accept-language') accepted: string | undefined): string {
    return accountSecondFactorPage(languageOf(accepted));
  }

  @Get('second-factor.js')
  @Header('content-type', scriptType)
  secondFactorScript(): string {
    return accountSecondFactorScript;
  }
}
