import type { VendorAnswer } from './vendor-call.js';

/** Thrown to refuse in a vendor's own words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    message = JSON.stringify(body),
  ) {
    super(message);
  }

  toAnswer(): VendorAnswer {
    return { status: this.status, body: this.body };
  }
}

/** The operation's answer, or its refusal. */
export async function answered(act: () => VendorAnswer | Promise<VendorAnswer>): Promise<VendorAnswer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return error.toAnswer();
    throw error;
  }
}
