/** A quarter hour of a resource is taken. Never caught inside the transaction: what it had claimed already must go. */
export class SlotBusy extends Error {
  constructor(cause: unknown) {
    super('the time of a resource is taken', { cause });
  }
}

/** Claims were moved or released by somebody else between reading and writing them: the work is to be done again from the start. */
export class ClaimsChanged extends Error {
  constructor() {
    super('the claims have changed meanwhile');
  }
}
