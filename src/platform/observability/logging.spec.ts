import { describe, expect, it } from '@jest/globals';
import { Logger, PinoLogger, type Params } from 'nestjs-pino';
import { loggingParams } from './logging.js';

const secret = 'zqsecret';
const person = `${secret}@example.dk`;

const lines: string[] = [];
const params: Params = loggingParams('trace', { write: (line) => void lines.push(line) });
const logger = new Logger(new PinoLogger(params), params);

/** What a call of the application's logger writes. */
function written(log: (to: Logger) => void): string {
  lines.length = 0;
  log(logger);
  return lines.join('');
}

function databaseError(): Error {
  const sqlMessage = `Duplicate entry '${secret}' for key 'users_email'`;
  return Object.assign(new Error(`insert into users values ('${secret}') - ${sqlMessage}`), {
    sql: `insert into users values ('${secret}')`,
    sqlMessage,
  });
}

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('a log line', () => {
  it.each<[string, (to: Logger) => void]>([
    ['an error with a message', (to) => to.error({ err: databaseError() }, 'it failed', 'Test')],
    ['an error without one', (to) => to.error({ err: databaseError() })],
    ['an error alone', (to) => to.error(databaseError())],
    ['an error inside', (to) => to.error({ details: { failure: databaseError() } }, 'it failed', 'Test')],
    ['a cause', (to) => to.error({ err: new Error('outer', { cause: databaseError() }) }, 'it failed', 'Test')],
    ['several errors', (to) => to.error({ err: new AggregateError([databaseError()], 'all') }, 'x', 'Test')],
    ['a text that was thrown', (to) => to.error({ err: `no mail to ${person}` }, 'it failed', 'Test')],
    ['a text for a message', (to) => to.warn(`no mail to ${person}`, 'Test')],
    ['an argument of a message', (to) => to.log('to %s, %o', person, { password: secret }, 'Test')],
    ['Nest’s own way with a stack', (to) => to.error(person, `Error: ${person}\n    at somewhere`, 'Test')],
    ['bytes', (to) => to.log({ read: Buffer.from(secret) }, 'bytes', 'Test')],
    ['what a parser could not read', (to) => to.error({ err: thrownBy(() => JSON.parse(secret)) }, 'x', 'Test')],
    ['an address with credentials', (to) => to.log(`mysql://app:${secret}@db:3306/x`, 'Test')],
    ['a link with a token', (to) => to.log(`https://x.dk/account?token=${secret}&a=1`, 'Test')],
  ])('hides %s', (_what, log) => {
    const line = written(log);
    expect(line).toMatch(/^\{"level":/);
    expect(line).not.toContain(secret);
    expect(line).not.toContain(String(Buffer.from(secret)[0]) + ',');
  });

  it('takes no frame out of a message', () => {
    const error = new Error(`first\n    at ${secret} (second)`);
    expect(written((to) => to.error({ err: error }, 'it failed', 'Test'))).toMatch(/"stack":"\s+at (?!zq)/);
  });

  it('still says what failed, where, and which key it was', () => {
    const line = written((to) => to.error({ err: databaseError(), eventId: 'e1' }, 'it failed', 'Test'));
    expect(JSON.parse(line)).toMatchObject({ level: 'error', msg: 'it failed', eventId: 'e1', context: 'Test' });
    expect(line).toContain("for key 'users_email'");
    expect(line).toContain('logging.spec.ts');
  });
});
