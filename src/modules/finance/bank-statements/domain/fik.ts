/** How long the payment id of a card type is, its check digit included. */
const lengths = { 71: 15, 75: 16 } as const;

/** The last digit of a payment id: from the right every other digit counts twice, and the sum ends in 0. */
export function checkDigit(digits: string): number {
  const sum = Array.from(digits, Number)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
    .reduce((total, each) => total + Math.floor(each / 10) + (each % 10), 0);
  return (10 - (sum % 10)) % 10;
}

/** The payment id that names an invoice on a giro slip of type 71. */
export function paymentIdOf(invoiceNumber: number): string {
  const digits = String(invoiceNumber).padStart(lengths[71] - 1, '0');
  return `${digits}${checkDigit(digits)}`;
}

/** A creditor number as banks give them out: eight digits, the first of which is 8. It has no check digit. */
export function isGiroCreditor(text: string): boolean {
  return /^8\d{7}$/.test(text);
}

/** What a payer types into his bank: card type, payment id and creditor. It names the invoice, and the bank's file says so. */
export function giroLineOf(invoiceNumber: number, creditor: string): string {
  return `+71<${paymentIdOf(invoiceNumber)}+${creditor}<`;
}

/** The numbers of the invoices whose payment ids stand in a text, as `+71<…` or as the digits alone. */
export function invoiceNumbersByPaymentId(text: string): number[] {
  const found = [...text.matchAll(/(?<!\d)(\d{15,16})(?!\d)/g)].map(([, id]) => id!);
  return found
    .filter((id) => checkDigit(id.slice(0, -1)) === Number(id.at(-1)))
    .map((id) => Number(id.slice(0, -1)))
    .filter((number) => number > 0 && number <= 2_147_483_647);
}
