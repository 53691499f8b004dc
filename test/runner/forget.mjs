/* What libraries keep for the whole process, and the next file of tests must not find. */
import { ConsoleLogger, Logger } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';

const { resetRootLogger } = await import(new URL('rootLogger.js', import.meta.resolve('nestjs-pino')));

/** After a file, when the real day is back. */
export function forget() {
  resetRootLogger();
  Logger.overrideLogger(new ConsoleLogger());
  // Ids go on from the last one for seconds; of a day so far away they begin anew.
  uuidv7();
}
