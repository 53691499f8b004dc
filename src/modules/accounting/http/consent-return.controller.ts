import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/public.js';
import { html, page } from '../../../platform/http/html.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import { ConnectBooks } from '../use-cases/connect-books.js';
import { ConsentAnswerQuery } from './accounting.dto.js';

const done = {
  title: 'Regnskabet er forbundet',
  da: 'Du kan lukke siden og gå tilbage til køreskolens system.',
  en: 'The bookkeeping is connected. You can close this page and go back to the school’s system.',
};
const failed = {
  title: 'Regnskabet er ikke forbundet',
  da: 'Intet er ændret. Gå tilbage til køreskolens system, og prøv igen.',
  en: 'The bookkeeping is not connected, and nothing has changed. Go back to the school’s system and try again.',
};

/** Where bookkeeping systems send people back to. Who they are is in the state that we sent along, good once. */
@Controller('accounting')
@ApiExcludeController()
@Public('the state in the address says whose consent it is, and is good once')
export class ConsentReturnController {
  constructor(private readonly connectBooks: ConnectBooks) {}

  @Get('return')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('x-robots-tag', 'noindex, nofollow')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @RateLimit({ name: 'accounting-return', points: 30, seconds: 60, by: 'address' })
  async back(@Query() query: ConsentAnswerQuery): Promise<string> {
    const { title, da, en } = (await this.connectBooks.endConsent(given(query))) ? done : failed;
    return page(
      title,
      html`<h1>${title}</h1>
        <p role="status">${da}</p>
        <p lang="en">${en}</p>`,
      'da',
    );
  }
}

function given(query: ConsentAnswerQuery): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
