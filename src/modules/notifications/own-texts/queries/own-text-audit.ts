import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../../platform/verification/verifies.js';
import { templates } from '../../templates/templates.js';
import { problemsOf } from '../domain/text-check.js';
import { OwnTexts } from './own-texts.js';

/** Proves that every text of a school can be sent: a later release may have taken a variable away. */
@Injectable()
export class OwnTextAudit {
  constructor(private readonly ownTexts: OwnTexts) {}

  @Verifies('notifications: own texts')
  async verify(): Promise<string[]> {
    return (await this.ownTexts.all()).flatMap(({ kind, locale, parts }) =>
      problemsOf(templates[kind], locale, parts).map(
        ({ field, message }) => `text ${kind} in ${locale}: ${field} ${message.en}`,
      ),
    );
  }
}
