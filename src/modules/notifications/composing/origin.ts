import type { Sender } from '../templates/engine.js';

/** A school as its messages name it. */
export function schoolSender(school: {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly city: string;
}): Sender {
  const { name, email, phone, addressLine, postcode, city } = school;
  return { name, email, phone, address: `${addressLine}, ${postcode} ${city}` };
}
