import { Body, Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam, WordParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { type Locale, locales } from '../../templates/wording.js';
import { type OwnTextKind, ownTextKinds } from '../domain/own-text-kinds.js';
import { InvalidMessageText, NoOwnText } from '../domain/own-text-problems.js';
import { PreviewMessageText, type PreviewView } from '../use-cases/preview-message-text.js';
import { type MessageTextKindView, type MessageTextView, ReadMessageTexts } from '../use-cases/read-message-texts.js';
import { WriteMessageText } from '../use-cases/write-message-text.js';
import {
  MessagePreviewDto,
  MessageTextDto,
  MessageTextKindDto,
  MessageTextPartsDto,
  PreviewMessageTextDto,
} from './message-text.dto.js';

const KindParam = () => WordParam('messageKind', ownTextKinds, 'What the message tells.');
const LocaleParam = () => WordParam('locale', locales, 'The language of its reader.');

@Controller('v1/schools/:schoolId/message-texts')
@ApiTags('Messages')
export class MessageTextsController {
  constructor(
    private readonly texts: ReadMessageTexts,
    private readonly write: WriteMessageText,
    private readonly previewText: PreviewMessageText,
  ) {}

  @Get()
  @Requires('message_text.manage')
  @Operation({
    id: 'listMessageTexts',
    summary: 'List the messages whose words may be the school’s own',
    description:
      'With what each may name. Links that open an account, and what the platform tells the owners, are the same everywhere and not here.',
    ok: [MessageTextKindDto],
  })
  list(@IdParam('schoolId') _schoolId: Id): Promise<MessageTextKindView[]> {
    return this.texts.list();
  }

  @Get(':messageKind/:locale')
  @Requires('message_text.manage')
  @Operation({
    id: 'getMessageText',
    summary: 'Read what a message says',
    description: 'The standard words and, where there are any, the school’s own.',
    ok: MessageTextDto,
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @KindParam() kind: OwnTextKind,
    @LocaleParam() locale: Locale,
  ): Promise<MessageTextView> {
    return this.texts.one(kind, locale);
  }

  @Put(':messageKind/:locale')
  @Conditional()
  @Requires('message_text.manage')
  @Operation({
    id: 'setMessageText',
    summary: 'Say it in the school’s own words',
    description:
      'In [Liquid](https://liquidjs.com) with `if`, `unless` and `case`, and the filters default, upcase, downcase, capitalize, strip and truncate. ' +
      'Words that name what the message does not have, say nothing, lose a link or need more than three text messages are not saved.',
    ok: MessageTextDto,
    problems: [InvalidMessageText],
  })
  set(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @KindParam() kind: OwnTextKind,
    @LocaleParam() locale: Locale,
    @Body() body: MessageTextPartsDto,
  ): Promise<MessageTextView> {
    return this.write.execute(actor, kind, locale, body);
  }

  @Delete(':messageKind/:locale')
  @Requires('message_text.manage')
  @Operation({
    id: 'resetMessageText',
    summary: 'Go back to the standard words',
    description: 'Counts for every message that is sent from now on.',
    problems: [NoOwnText],
  })
  reset(
    @IdParam('schoolId') _schoolId: Id,
    @KindParam() kind: OwnTextKind,
    @LocaleParam() locale: Locale,
  ): Promise<void> {
    return this.write.reset(kind, locale);
  }

  @Post(':messageKind/:locale/preview')
  @Requires('message_text.manage')
  @Operation({
    id: 'previewMessageText',
    summary: 'See what a message would look like',
    description: 'Filled with an example, in the school’s name. Nothing is saved or sent.',
    ok: MessagePreviewDto,
    problems: [InvalidMessageText],
  })
  preview(
    @IdParam('schoolId') _schoolId: Id,
    @KindParam() kind: OwnTextKind,
    @LocaleParam() locale: Locale,
    @Body() { text }: PreviewMessageTextDto,
  ): Promise<PreviewView> {
    return this.previewText.execute(kind, locale, text);
  }
}
