import { Conflict, NotFound } from '../http/problem.js';

/** 404 `delivery.not_found`: no such delivery, or it is not dead (any more). */
export class DeadLetterNotFound extends NotFound {
  constructor() {
    super('delivery.not_found', {
      en: 'There is no such dead letter; somebody may have dealt with it already. Look at the list again.',
      da: 'Den fejlede levering findes ikke; måske har en anden taget sig af den. Se på listen igen.',
    });
  }
}

/** 404 `webhook.not_found`: none is stored under that id; they are forgotten after a month. */
export class WebhookNotFound extends NotFound {
  constructor() {
    super('webhook.not_found', {
      en: 'This webhook is not stored any more. Ask the provider to send it again.',
      da: 'Denne webhook er ikke gemt længere. Bed udbyderen om at sende den igen.',
    });
  }
}

/** 404 `schedule.not_found` */
export class ScheduleNotFound extends NotFound {
  constructor() {
    super('schedule.not_found', {
      en: 'There is no schedule of that name. The list of schedules has them all.',
      da: 'Der er ingen tidsplan med det navn. Listen over tidsplaner har dem alle.',
    });
  }
}

/** 409 `schedule.running`: a worker is at it. */
export class ScheduleRunning extends Conflict {
  constructor() {
    super('schedule.running', {
      en: 'The schedule is running. Wait until it has finished, then ask again if it is still needed.',
      da: 'Tidsplanen kører. Vent, til den er færdig, og bed om den igen, hvis det stadig er nødvendigt.',
    });
  }
}
