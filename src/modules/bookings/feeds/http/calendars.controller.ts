import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../../platform/auth/public.js';
import { Operation } from '../../../../platform/http/operation.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { FeedClosed } from '../domain/feed-problems.js';
import { type CalendarAnswer, ReadCalendar } from '../queries/read-calendar.js';

@Controller('calendars')
@ApiTags('Calendar feeds')
export class CalendarsController {
  constructor(private readonly calendar: ReadCalendar) {}

  @Get(':file')
  @ApiParam({ name: 'file', description: 'The end of the address: a token and `.ics`.', schema: { type: 'string' } })
  @Public('a calendar program can sign in nowhere: the address is the secret, of 256 bits')
  // Few addresses of the big calendars read for all of their users.
  @RateLimit({ name: 'calendars', points: 600, seconds: 60, by: 'address' })
  @ApiResponse({ status: 304, description: 'Not Modified: what `If-None-Match` names is still what there is.' })
  @Operation({
    id: 'readCalendar',
    summary: 'Read a calendar by its secret address',
    description:
      'iCalendar (RFC 5545) for calendar programs: the lessons of the last 30 and the next 180 days, of a whole school those of the ' +
      'last 7 and the next 28. Cancelled ones are shown as cancelled for a week. The `ETag` changes with what there is to read.',
    file: 'text/calendar',
    problems: [FeedClosed],
  })
  async read(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(reply, await this.calendar.execute(tokenOf(file), known));
  }
}

/** @throws FeedClosed */
function tokenOf(file: string): string {
  const token = /^([\w-]{43})\.ics$/.exec(file)?.[1];
  if (!token) throw new FeedClosed();
  return token;
}

function send(reply: FastifyReply, { tag, text }: CalendarAnswer): FastifyReply {
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
  if (text === null) return reply.code(304).send();
  const name = { 'content-disposition': 'attachment; filename="calendar.ics"' };
  return reply.code(200).headers(name).type('text/calendar; charset=utf-8').send(text);
}
