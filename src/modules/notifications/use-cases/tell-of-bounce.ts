import { Injectable } from '@nestjs/common';
import { currentSchoolOrNull } from '../../../platform/tenancy/tenancy.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { Message } from '../domain/message.js';
import { TellStaff } from './tell-staff.js';

/** Somebody who does not get them does not pay. */
const papers: readonly MessageKind[] = ['invoice_issued', 'credit_note_issued'];

/** Tells a school's owners that an invoice came back from the address it was sent to. */
@Injectable()
export class TellOfBounce {
  constructor(private readonly staff: TellStaff) {}

  /** Joins the caller's transaction. Once for a message, whatever else is told about it. */
  async execute({ id, kind, state, subjectId }: Message): Promise<void> {
    if (state !== 'bounced' || !papers.includes(kind) || !currentSchoolOrNull()) return;
    await this.staff.execute({ kind: 'school_invoice_bounced', subjectId, cause: id });
  }
}
