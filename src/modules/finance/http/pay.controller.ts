import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/public.js';
import { EnumField } from '../../../platform/http/fields.js';
import { payPage } from './pay-pages.js';

class PayPageQuery {
  @EnumField(['da', 'en'], { description: 'The language of the page.', example: 'da', optional: true })
  lang: 'da' | 'en' = 'da';
}

@Controller('pay')
@ApiExcludeController()
@Public('the page a checkout sends people back to')
export class PayController {
  @Get('done')
  @Header('content-type', 'text/html; charset=utf-8')
  done(@Query() { lang }: PayPageQuery): string {
    return payPage('done', lang);
  }

  @Get('cancelled')
  @Header('content-type', 'text/html; charset=utf-8')
  cancelled(@Query() { lang }: PayPageQuery): string {
    return payPage('cancelled', lang);
  }
}
