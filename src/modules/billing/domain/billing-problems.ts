import { Conflict, NotFound, PaymentRequired, Unprocessable } from '../../../platform/http/problem.js';

/** 402 `subscription.unpaid`: the school can be read and not changed until it has paid. */
export class SubscriptionUnpaid extends PaymentRequired {
  constructor() {
    super('subscription.unpaid', {
      en: 'The school’s subscription is not paid, so nothing new can be added. Nothing is lost. Let an owner of the school open its subscription and pay: everything works again at once.',
      da: 'Skolens abonnement er ikke betalt, så der kan ikke tilføjes noget nyt. Intet er tabt. Lad en ejer af skolen åbne abonnementet og betale, så virker alt igen med det samme.',
    });
  }
}

/** 402 `subscription.growth_paused`: no new people until it has paid. */
export class GrowthPaused extends PaymentRequired {
  constructor() {
    super('subscription.growth_paused', {
      en: 'The school’s subscription is not paid, so no students, teachers or other people can be added. Everything else works. Let an owner of the school open its subscription and pay.',
      da: 'Skolens abonnement er ikke betalt, så der kan ikke tilføjes elever, kørelærere eller andre personer. Alt andet virker. Lad en ejer af skolen åbne abonnementet og betale.',
    });
  }
}

/** 402 `school.paused`: as subscription.unpaid, for students and guardians, whose business the school's bills are not. */
export class SchoolPaused extends PaymentRequired {
  constructor() {
    super('school.paused', {
      en: 'The school cannot take this online at the moment. Call the school, which can help you.',
      da: 'Skolen kan ikke tage imod dette online lige nu. Ring til skolen, som kan hjælpe dig.',
    });
  }
}

export class SubscriptionNotFound extends NotFound {
  constructor() {
    super('subscription.not_found', {
      en: 'The school has no subscription: nobody bills it yet. There is nothing to do.',
      da: 'Skolen har intet abonnement: ingen opkræver den endnu. Der er intet at gøre.',
    });
  }
}

export class PlanNotFound extends NotFound {
  constructor() {
    super('billing_plan.not_found', {
      en: 'There is no such plan. List the plans to see which there are.',
      da: 'Planen findes ikke. Hent listen over planer for at se, hvilke der er.',
    });
  }
}

export class PlanArchived extends Conflict {
  constructor() {
    super('billing_plan.archived', {
      en: 'This version of the plan is no longer sold. Choose one of those that are listed.',
      da: 'Denne version af planen sælges ikke længere. Vælg en af dem, der er på listen.',
    });
  }
}

export class PlanInUse extends Conflict {
  constructor() {
    super('billing_plan.offered', {
      en: 'New schools begin on this plan. Choose another one for them in the billing settings first.',
      da: 'Nye skoler begynder på denne plan. Vælg først en anden til dem i indstillingerne for abonnementer.',
    });
  }
}

export class PlanTooSmall extends Unprocessable {
  constructor(readonly most: number) {
    super(
      'billing_plan.too_small',
      {
        en: `The plan is for at most ${most} teachers, and the school has more. Choose a larger plan.`,
        da: `Planen er til højst ${most} kørelærere, og skolen har flere. Vælg en større plan.`,
      },
      { field: 'planId' },
    );
  }
}

export class SellerNotFound extends Unprocessable {
  constructor() {
    super(
      'billing.seller_not_found',
      {
        en: 'There is no such school. Open one for the platform’s own company first.',
        da: 'Skolen findes ikke. Opret først en til platformens egen virksomhed.',
      },
      { field: 'sellerId' },
    );
  }
}

export class StepsOutOfOrder extends Unprocessable {
  constructor() {
    super(
      'billing.steps_out_of_order',
      {
        en: 'Read-only comes after restricted: give it at least as many days.',
        da: 'Skrivebeskyttet kommer efter begrænset: giv det mindst lige så mange dage.',
      },
      { field: 'readOnlyAfterDays' },
    );
  }
}

export class AlreadySubscribed extends Conflict {
  constructor() {
    super('subscription.running', {
      en: 'The school has a card on its subscription already. Change the plan, or the card through the portal.',
      da: 'Skolen har allerede et kort på abonnementet. Skift plan, eller skift kortet gennem portalen.',
    });
  }
}

export class NotSubscribed extends Conflict {
  constructor() {
    super('subscription.without_card', {
      en: 'The school has not left a card yet. Open the checkout first.',
      da: 'Skolen har endnu ikke lagt et kort ind. Åbn først betalingssiden.',
    });
  }
}

/** 409 `subscription.step_under_way`: one thing at a time. */
export class StepUnderWay extends Conflict {
  constructor() {
    super(
      'subscription.step_under_way',
      {
        en: 'Another change of the subscription is under way, or its checkout is open for another plan. Finish that, or try again in a few minutes.',
        da: 'En anden ændring af abonnementet er i gang, eller betalingssiden er åben til en anden plan. Gør den færdig, eller prøv igen om nogle minutter.',
      },
      { retryAfterSeconds: 120 },
    );
  }
}

export class SubscriptionRefused extends Conflict {
  constructor(reason?: string) {
    super(
      'subscription.refused',
      {
        en: 'The payment provider refused this. Look at the reason, and ask the platform’s support if it says nothing to you.',
        da: 'Betalingsudbyderen afviste dette. Se årsagen, og spørg platformens support, hvis den ikke siger dig noget.',
      },
      { extra: reason ? { reason } : {} },
    );
  }
}

export class TrialOver extends Conflict {
  constructor() {
    super('subscription.no_trial', {
      en: 'The school has left a card, so its trial is the payment provider’s. Exempt the school instead, or credit its invoice.',
      da: 'Skolen har lagt et kort ind, så prøvetiden ligger hos betalingsudbyderen. Fritag skolen i stedet, eller krediter dens faktura.',
    });
  }
}
