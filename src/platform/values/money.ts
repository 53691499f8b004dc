/** An amount of money: an integer of minor units (øre) with its ISO 4217 currency. Immutable. */
export class Money {
  private constructor(
    readonly amount: number,
    readonly currency: string,
  ) {}

  /** @throws RangeError when the amount is not a safe integer */
  static of(amount: number, currency = 'DKK'): Money {
    if (!Number.isSafeInteger(amount)) throw new RangeError(`money is a whole number of minor units, not ${amount}`);
    return new Money(amount === 0 ? 0 : amount, currency);
  }

  static sum(amounts: readonly Money[], currency = 'DKK'): Money {
    return amounts.reduce((total, each) => total.plus(each), Money.of(0, amounts[0]?.currency ?? currency));
  }

  plus(other: Money): Money {
    this.assertSameCurrency(other);
    return Money.of(this.amount + other.amount, this.currency);
  }

  minus(other: Money): Money {
    return this.plus(other.negate());
  }

  negate(): Money {
    return Money.of(-this.amount, this.currency);
  }

  times(count: number): Money {
    return Money.of(this.amount * count, this.currency);
  }

  /** Parts that differ by one minor unit at most and add up to the whole; the larger parts come first. */
  split(parts: number): Money[] {
    if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError(`cannot split into ${parts} parts`);
    const sign = this.amount < 0 ? -1 : 1;
    const whole = Math.abs(this.amount);
    const each = Math.floor(whole / parts);
    const remainder = whole - each * parts;
    return Array.from({ length: parts }, (_, index) =>
      Money.of(sign * (each + (index < remainder ? 1 : 0)), this.currency),
    );
  }

  compare(other: Money): number {
    this.assertSameCurrency(other);
    return this.amount - other.amount;
  }

  equals(other: Money): boolean {
    return this.amount === other.amount && this.currency === other.currency;
  }

  get isZero(): boolean {
    return this.amount === 0;
  }

  get isPositive(): boolean {
    return this.amount > 0;
  }

  /** For people, in their language: "525,00 kr.", "DKK 525.00". */
  format(locale = 'da'): string {
    return new Intl.NumberFormat(locale === 'da' ? 'da-DK' : 'en-GB', { style: 'currency', currency: this.currency })
      .format(this.amount / 100)
      .replaceAll('\u00a0', ' ');
  }

  toJSON(): { amount: number; currency: string } {
    return { amount: this.amount, currency: this.currency };
  }

  private assertSameCurrency(other: Money): void {
    if (other.currency !== this.currency) throw new RangeError(`${this.currency} and ${other.currency} do not add up`);
  }
}
