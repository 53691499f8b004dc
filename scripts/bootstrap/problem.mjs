/** Something the reader can mend: what is wrong in one sentence, and what to do about it. */
export class Problem extends Error {
  constructor(message, remedy, options) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** Prints a problem as message and remedy; anything unexpected keeps its stack, because it is our mistake. */
export function printProblem(error, stream = process.stderr) {
  if (!(error instanceof Problem)) {
    stream.write(`\n✗ ${error?.stack ?? error}\n`);
    return;
  }
  stream.write(`\n✗ ${error.message}\n`);
  if (error.remedy) stream.write(`${error.remedy.replace(/^/gm, '  ')}\n`);
}
