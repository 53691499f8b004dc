import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { LeadLeftUntouched, LeadReceived } from '../../students/index.js';
import { TellStaff } from '../use-cases/tell-staff.js';

/** People who ask a school hear from it sooner when somebody there hears of them. */
@Injectable()
export class LeadMessages {
  constructor(private readonly staff: TellStaff) {}

  @Handles(LeadReceived, { name: 'notifications.tell-lead' })
  received({ id: cause, payload: { leadId } }: EventOf<LeadReceived>): Promise<void> {
    return this.staff.execute({ kind: 'school_lead_received', subjectId: leadId, cause }, ['owner', 'office']);
  }

  @Handles(LeadLeftUntouched, { name: 'notifications.tell-untouched-lead' })
  leftUntouched({ id: cause, payload: { leadId } }: EventOf<LeadLeftUntouched>): Promise<void> {
    return this.staff.execute({ kind: 'school_lead_untouched', subjectId: leadId, cause });
  }
}
