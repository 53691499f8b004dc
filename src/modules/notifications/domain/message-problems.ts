import { Conflict, NotFound } from '../../../platform/http/problem.js';
import type { Id } from '../../../platform/values/id.js';
import type { MessageState } from './message.js';
import type { ObstacleCause } from './undeliverable-address.js';

/** There is no such message for this reader: it is another school's, or another person's. */
export class MessageNotFound extends NotFound {
  constructor() {
    super('message.not_found', {
      en: 'There is no such message. List the messages to see which there are.',
      da: 'Beskeden findes ikke. Hent listen over beskeder for at se, hvilke der er.',
    });
  }
}

/** Nothing is known against writing to whom the message is for. */
export class NoObstacle extends NotFound {
  constructor() {
    super('message.no_obstacle', {
      en: 'Nothing keeps messages from this address. If one did not arrive, read its reason.',
      da: 'Intet forhindrer beskeder til denne adresse. Hvis en besked ikke kom frem, så læs dens årsag.',
    });
  }
}

/** It is still under way, has arrived, or its reader called it spam. */
export class MessageNotRetryable extends Conflict {
  constructor(state: MessageState) {
    super(
      'message.not_retryable',
      {
        en: 'Only a message that failed, was rejected, bounced or was dropped can be sent once more. Read its state.',
        da: 'Kun en besked, der mislykkedes, blev afvist, kom retur eller blev droppet, kan sendes igen. Se dens tilstand.',
      },
      { extra: { state } },
    );
  }
}

/** Somebody has sent it once more already. */
export class MessageRetried extends Conflict {
  constructor(messageId: Id) {
    super(
      'message.retried',
      {
        en: 'The message has been sent once more already. Look at the new one, named in `messageId`.',
        da: 'Beskeden er allerede sendt igen. Se den nye, som er angivet i `messageId`.',
      },
      { extra: { messageId } },
    );
  }
}

/** The person has no number, or text messages are switched off. */
export class NoWayThere extends Conflict {
  constructor() {
    super('message.no_way_there', {
      en: 'There is no way to send it: no phone number is known, text messages are switched off, or the person is gone. Enter the number, then try again.',
      da: 'Den kan ikke sendes: der kendes intet telefonnummer, sms er slået fra, eller personen er her ikke mere. Indtast nummeret, og prøv igen.',
    });
  }
}

/** The address takes nothing. */
export class ObstacleStands extends Conflict {
  constructor(cause: ObstacleCause) {
    super(
      'message.obstacle_stands',
      {
        en: 'Nothing goes to that address: see `cause`. When it works again, or its reader has asked for it, lift the obstacle, then try again.',
        da: 'Der sendes intet til den adresse: se `cause`. Når den virker igen, eller læseren har bedt om det, så ophæv hindringen, og prøv igen.',
      },
      { extra: { cause } },
    );
  }
}

/** It would say what is not true any more. */
export class MessageOvertaken extends Conflict {
  constructor(reason: string) {
    super(
      'message.overtaken',
      {
        en: 'Events have overtaken the message: see `reason`. There is nothing left to send.',
        da: 'Beskeden er overhalet af begivenhederne: se `reason`. Der er ikke mere at sende.',
      },
      { extra: { reason } },
    );
  }
}
