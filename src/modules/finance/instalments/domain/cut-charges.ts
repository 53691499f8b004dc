import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { vatOfPart } from '../../domain/credit-part.js';

/** What is owed, in the order in which it is to be paid. */
export interface CuttableCharge {
  readonly id: Id;
  /** Above zero. */
  readonly gross: Money;
  readonly vat: Money;
}

export interface Piece {
  readonly chargeId: Id;
  /** Which instalment it belongs to, from 0. */
  readonly instalment: number;
  readonly gross: Money;
  readonly vat: Money;
}

/**
 * Fills the instalments with charges, one after the other; only one that stands on the border of two is cut. The pieces of a charge
 * have its amount and its VAT to the øre.
 * @param amounts of the instalments, each above zero, adding up to the charges. @throws RangeError when they do not
 */
export function cutCharges(charges: readonly CuttableCharge[], amounts: readonly Money[]): Piece[] {
  const pieces: Piece[] = [];
  let instalment = 0;
  let room = amounts[0];
  for (const { id: chargeId, gross, vat } of charges) {
    let [credited, creditedVat] = [gross.times(0), vat.times(0)];
    while (credited.compare(gross) < 0) {
      if (room?.isZero) room = amounts[(instalment += 1)];
      if (!room) throw new RangeError('instalments add up to what is owed');
      const left = gross.minus(credited);
      const part = left.compare(room) < 0 ? left : room;
      const partVat = vatOfPart({ gross, vat, credited, creditedVat }, part);
      pieces.push({ chargeId, instalment, gross: part, vat: partVat });
      [credited, creditedVat] = [credited.plus(part), creditedVat.plus(partVat)];
      room = room.minus(part);
    }
  }
  if (!room?.isZero || instalment !== amounts.length - 1) throw new RangeError('instalments add up to what is owed');
  return pieces;
}
