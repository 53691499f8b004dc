import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';
import type { Money } from '../../../../platform/values/money.js';

export class InstalmentPlanNotFound extends NotFound {
  constructor() {
    super('instalment_plan.not_found', {
      en: 'There is no such instalment plan. List the plans to see which there are.',
      da: 'Rateaftalen findes ikke. Hent listen over rateaftaler for at se, hvilke der er.',
    });
  }
}

export class InstalmentNotFound extends NotFound {
  constructor() {
    super('instalment.not_found', {
      en: 'The plan has no such instalment. Read the plan to see its instalments.',
      da: 'Aftalen har ingen sådan rate. Læs aftalen for at se dens rater.',
    });
  }
}

export class InstalmentPlanEnded extends Conflict {
  constructor() {
    super('instalment_plan.ended', {
      en: 'The instalment plan has ended. Make a new one of what is still open.',
      da: 'Rateaftalen er afsluttet. Lav en ny af det, der stadig er åbent.',
    });
  }
}

export class InstalmentNotPlanned extends Conflict {
  constructor() {
    super('instalment.not_planned', {
      en: 'The instalment is invoiced or cancelled. Its due date no longer changes; move a later one.',
      da: 'Raten er faktureret eller annulleret. Forfaldsdagen ændres ikke længere; flyt en senere rate.',
    });
  }
}

export class InstalmentScheduleUnclear extends Unprocessable {
  constructor() {
    super(
      'instalment_plan.schedule_unclear',
      {
        en: 'Give either the number of instalments with the first due date, or each instalment with its amount and date.',
        da: 'Angiv enten antallet af rater med den første forfaldsdag, eller hver rate med beløb og dag.',
      },
      { field: 'count' },
    );
  }
}

export class PlannedChargesUnclear extends Unprocessable {
  constructor() {
    super(
      'instalment_plan.charges_unclear',
      {
        en: 'Name either the charges or the package that is paid in instalments, not both.',
        da: 'Angiv enten posterne eller pakken, der betales i rater, ikke begge.',
      },
      { field: 'soldPackageId' },
    );
  }
}

export class InstalmentDatesWrong extends Unprocessable {
  constructor(field = 'firstDueOn') {
    super(
      'instalment_plan.dates_wrong',
      {
        en: 'Instalments are due one after the other, the first today at the earliest and the last within five years. Choose other dates.',
        da: 'Rater forfalder efter hinanden, den første tidligst i dag og den sidste inden for fem år. Vælg andre dage.',
      },
      { field },
    );
  }
}

export class InstalmentsNotTotal extends Unprocessable {
  constructor(owed: Money) {
    super(
      'instalment_plan.not_total',
      {
        en: `The instalments must add up to ${owed.format('en')}, each above zero. Change their amounts.`,
        da: `Raterne skal tilsammen være ${owed.format('da')}, hver over nul. Ret beløbene.`,
      },
      { field: 'instalments', extra: { owed: owed.toJSON() } },
    );
  }
}

export class TooFewMissed extends Conflict {
  constructor(missed: number, needed: number) {
    super(
      'instalment_plan.too_few_missed',
      {
        en: 'The rest is called in only after as many missed instalments as the plan says. Remind of those, or end the plan without it.',
        da: 'Resten kan først kræves, når så mange rater er misligholdt, som aftalen siger. Ryk for dem, eller afslut aftalen uden.',
      },
      { extra: { missed, needed } },
    );
  }
}
