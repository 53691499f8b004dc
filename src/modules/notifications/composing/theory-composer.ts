import { Injectable } from '@nestjs/common';
import { TheoryReader } from '../../education/index.js';
import type { Message } from '../domain/message.js';
import { templates } from '../templates/templates.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';

/** Tells a student of his place at the theory platform, as long as he has it; the way there is read when the message leaves. */
@Injectable()
export class TheoryComposer implements Composer {
  constructor(private readonly theory: TheoryReader) {}

  async compose({ subjectId }: Message): Promise<Content | Overtaken> {
    const link = await this.theory.wayIn(subjectId);
    return link === null
      ? new Overtaken('the student has no place there any more')
      : content(templates.theory_linked, { theory: { link } });
  }
}
