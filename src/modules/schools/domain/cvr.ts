import { InvalidCvr } from './school-problems.js';

const weights = [2, 7, 6, 5, 4, 3, 2, 1];

/** A Danish company number: eight digits whose weighted sum is divisible by 11. */
export function isCvr(text: string): boolean {
  if (!/^[1-9]\d{7}$/.test(text)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return sum % 11 === 0;
}

/** @throws InvalidCvr */
export function checkCvr(text: string): void {
  if (!isCvr(text)) throw new InvalidCvr();
}
