import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Header } from '@nestjs/common';
import { Public } from '../../../platform/auth/public.js';
import { EnumField } from '../../../platform/http/fields.js';
import { html, page } from '../../../platform/http/html.js';
import { type Language, languages } from '../../../platform/http/language.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';

class ReturnQuery {
  @EnumField(languages, { description: 'The language of the page.', example: 'da', optional: true })
  lang?: Language;
}

const texts = {
  done: {
    da: ['Tak', 'Vi har fået besked. Du kan lukke siden og gå tilbage til køreskolens system.'],
    en: ['Thank you', 'We have been told. You can close this page and go back to the school’s system.'],
  },
  cancelled: {
    da: ['Intet er ændret', 'Der er ikke lagt et kort ind. Du kan lukke siden og prøve igen fra køreskolens system.'],
    en: ['Nothing has changed', 'No card was left. You can close this page and try again from the school’s system.'],
  },
} as const;

/** Where the payment provider sends an owner back to. The pages know nothing: what has happened is asked of the provider. */
@Controller('subscription')
@ApiExcludeController()
@Public('says the same to everybody')
export class ReturnPagesController {
  @Get('done')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('x-robots-tag', 'noindex, nofollow')
  @RateLimit({ name: 'subscription-return', points: 30, seconds: 60, by: 'address' })
  done(@Query() { lang = 'da' }: ReturnQuery): string {
    return shown('done', lang);
  }

  @Get('cancelled')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('x-robots-tag', 'noindex, nofollow')
  @RateLimit({ name: 'subscription-return', points: 30, seconds: 60, by: 'address' })
  cancelled(@Query() { lang = 'da' }: ReturnQuery): string {
    return shown('cancelled', lang);
  }
}

function shown(kind: keyof typeof texts, language: Language): string {
  const [title, text] = texts[kind][language];
  return page(
    title,
    html`<h1>${title}</h1>
      <p role="status">${text}</p>`,
    language,
  );
}
