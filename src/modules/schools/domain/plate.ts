import { InvalidPlate } from './school-problems.js';

/** Ordinary plates are two letters and four or five digits; those of one's own choice are two to seven letters and digits. */
const plates = /^(?:[A-ZÆØÅ]{2}\d{4,5}|[A-ZÆØÅ0-9]{2,7})$/;

/** The plate as it is stored: upper case, without blanks and dashes. @throws InvalidPlate */
export function normalisePlate(text: string): string {
  const plate = text.replaceAll(/[\s-]/g, '').toUpperCase();
  if (!plates.test(plate)) throw new InvalidPlate();
  return plate;
}
