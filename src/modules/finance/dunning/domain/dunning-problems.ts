import { NotFound, Unprocessable } from '../../../../platform/http/problem.js';
import { Money } from '../../../../platform/values/money.js';
import type { FeeLimits } from './dunning-plan.js';

export class DunningPauseNotFound extends NotFound {
  constructor() {
    super('dunning.pause_not_found', {
      en: 'There is no such pause. List the pauses to see which there are.',
      da: 'Pausen findes ikke. Hent listen over pauser for at se, hvilke der er.',
    });
  }
}

export class ReminderFeeAboveLaw extends Unprocessable {
  constructor({ feeMinor, feeReminders, daysBetween }: FeeLimits) {
    const fee = Money.of(feeMinor);
    super(
      'dunning.fee_above_law',
      {
        en: `The law allows ${feeReminders} reminders at ${fee.format('en')} at most, ${daysBetween} days apart. Change the fee, their number or the days between.`,
        da: `Loven tillader højst ${feeReminders} rykkere à ${fee.format('da')} med ${daysBetween} dages mellemrum. Ret gebyret, antallet eller dagene imellem.`,
      },
      { field: 'fee', extra: { feeReminders, daysBetween } },
    );
  }
}

export class PauseEndsInPast extends Unprocessable {
  constructor() {
    super(
      'dunning.pause_ends_in_past',
      { en: 'The pause must last until today at least.', da: 'Pausen skal mindst vare til i dag.' },
      { field: 'untilDate' },
    );
  }
}
