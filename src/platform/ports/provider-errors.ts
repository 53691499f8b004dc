/** The provider did not answer in time: it may have acted or not. */
export class ProviderTimeout extends Error {
  constructor(call: string, timeoutMs: number) {
    super(`${call} did not answer within ${timeoutMs} ms`);
  }
}

/** The provider has failed so often lately that it was not asked: it has certainly not acted. */
export class ProviderUnavailable extends Error {
  constructor(
    provider: string,
    /** When it is worth asking again. */
    readonly againInMs: number,
  ) {
    super(`${provider} is failing; it was not asked`);
  }
}
