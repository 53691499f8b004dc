type Kind = abstract new (...args: never[]) => Error;

const MAX_ATTEMPTS = 4;

/**
 * Does the work, and all of it again when it fails because somebody was faster: then it sees what he did, and mostly refuses for
 * a better reason. Each attempt needs a transaction of its own.
 * @param overtaken the errors that say so
 * @throws what `restless` makes of the last of them when things do not come to rest
 */
export async function againWhen<T>(
  overtaken: readonly Kind[],
  work: () => Promise<T>,
  restless: (cause: unknown) => Error,
  attempts = MAX_ATTEMPTS,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!overtaken.some((kind) => error instanceof kind)) throw error;
      if (attempt === attempts) throw restless(error);
    }
  }
}
