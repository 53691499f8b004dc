import { Conflict, NotFound, Unprocessable } from '../../../platform/http/problem.js';

/** 404 `webhook_endpoint.not_found` */
export class WebhookEndpointNotFound extends NotFound {
  constructor() {
    super('webhook_endpoint.not_found', {
      en: 'There is no such webhook endpoint. List them to see which there are.',
      da: 'Den webhook-adresse findes ikke. Hent listen for at se, hvilke der er.',
    });
  }
}

/** 404 `webhook_delivery.not_found` */
export class WebhookDeliveryNotFound extends NotFound {
  constructor() {
    super('webhook_delivery.not_found', {
      en: 'There is no such webhook delivery; old ones are forgotten. List them to see which there are.',
      da: 'Den webhook-levering findes ikke; gamle bliver glemt. Hent listen for at se, hvilke der er.',
    });
  }
}

/** 422 `webhook_endpoint.address_refused` */
export class WebhookAddressRefused extends Unprocessable {
  constructor() {
    super(
      'webhook_endpoint.address_refused',
      {
        en: 'Give an address that begins with https:// and a public name, on port 443 or 8443, without a login in it.',
        da: 'Angiv en adresse, der begynder med https:// og et offentligt navn, på port 443 eller 8443, uden login i.',
      },
      { field: 'url' },
    );
  }
}

/** 409 `webhook_endpoint.too_many` */
export class TooManyWebhookEndpoints extends Conflict {
  constructor(most: number) {
    super('webhook_endpoint.too_many', {
      en: `There are at most ${most} webhook endpoints. Delete one that is not used any more.`,
      da: `Der kan højst være ${most} webhook-adresser. Slet en, der ikke bruges mere.`,
    });
  }
}

/** 409 `webhook_endpoint.not_active` */
export class WebhookEndpointNotActive extends Conflict {
  constructor() {
    super('webhook_endpoint.not_active', {
      en: 'The endpoint is paused or disabled. Resume it first.',
      da: 'Adressen er sat på pause eller slået fra. Genoptag den først.',
    });
  }
}
