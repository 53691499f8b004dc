const ean13 = /^\d{13}$/;

/** True for an EAN location number (GLN): thirteen digits, the last of which is their check digit. */
export function isEan(text: string): boolean {
  if (!ean13.test(text)) return false;
  const sum = Array.from(text, Number).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
