import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../../platform/auth/public.js';
import { EnumField } from '../../../../platform/http/fields.js';
import { html, page } from '../../../../platform/http/html.js';

const texts = {
  da: {
    saved: ['Kortet er gemt', 'Det kan bruges, så snart betalingsudbyderen har bekræftet det. Du kan lukke siden.'],
    cancelled: ['Kortet blev ikke gemt', 'Der er ikke gemt noget. Du kan begynde forfra, når du vil.'],
  },
  en: {
    saved: [
      'The card is saved',
      'It can be used as soon as the payment provider has confirmed it. You may close this page.',
    ],
    cancelled: ['The card was not saved', 'Nothing was kept. You can start again whenever you like.'],
  },
} as const;

class CardPageQuery {
  @EnumField(['da', 'en'], { description: 'The language of the page.', example: 'da', optional: true })
  lang: 'da' | 'en' = 'da';
}

@Controller('pay/cards')
@ApiExcludeController()
@Public('the page that saving a card sends people back to; it says nothing about anybody')
export class CardPagesController {
  @Get('saved')
  @Header('content-type', 'text/html; charset=utf-8')
  saved(@Query() { lang }: CardPageQuery): string {
    return cardPage('saved', lang);
  }

  @Get('cancelled')
  @Header('content-type', 'text/html; charset=utf-8')
  cancelled(@Query() { lang }: CardPageQuery): string {
    return cardPage('cancelled', lang);
  }
}

function cardPage(result: 'saved' | 'cancelled', language: 'da' | 'en'): string {
  const [title, text] = texts[language][result];
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
    language,
  );
}
