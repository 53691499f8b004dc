// Names under which secrets and personal data travel, lower-cased and without separators.
const hiddenNames = new Set(
  [
    [
      'authorization',
      'cookie',
      'setcookie',
      'password',
      'passwordhash',
      'secret',
      'clientsecret',
      'apikey',
      'signature',
    ],
    ['token', 'accesstoken', 'refreshtoken', 'hash'],
    ['email', 'phone', 'name', 'to', 'address', 'addressline', 'birthdate', 'ip', 'remoteaddress'],
    ['body', 'rawbody', 'html', 'text', 'subject', 'headers'],
    ['sql', 'sqlmessage', 'query', 'parameters', 'params', 'bindings'],
  ].flat(),
);

const hidden = '[hidden]';
const deepest = 4;

/** A copy of what is about to be logged, without the values of hidden names at any depth. Errors are left to `errorForLog`. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value;
  if (depth === deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((each) => redact(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isHidden(name) ? hidden : redact(each, depth + 1)]),
  );
}

function isHidden(name: string): boolean {
  return hiddenNames.has(name.toLowerCase().replace(/[_-]/g, ''));
}

/** Type, code, stack and message of an error; values quoted by the database, addresses and phone numbers are cut out. */
export function errorForLog(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return redact(error);
  const { code, errno, cause } = error as { code?: unknown; errno?: unknown; cause?: unknown };
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' && { code }),
    ...(typeof errno === 'number' && { errno }),
    message: messageWithoutPersons(error),
    stack: frames(error),
    ...(cause instanceof Error && depth < deepest && { cause: errorForLog(cause, depth + 1) }),
  };
}

/** An error's message as it may be logged or kept. */
export function messageWithoutPersons(error: Error): string {
  return isDatabaseError(error) ? messageOfDatabase(error) : withoutPersons(error.message);
}

function isDatabaseError(error: Error): boolean {
  return 'sqlMessage' in error || 'sql' in error;
}

// The statement comes with its values, and so does "Duplicate entry '…' for key 'x'": only the key is of use.
function messageOfDatabase(error: Error): string {
  const { sqlMessage } = error as { sqlMessage?: unknown };
  const text = typeof sqlMessage === 'string' ? sqlMessage : 'database error';
  return text.replace(/(?<!for key )'(?:[^'\\]|\\.|'')*'/g, "'…'");
}

function withoutPersons(text: string): string {
  return text.replace(/[^\s@'"<>]+@[^\s@'"<>]+\.[a-z]{2,}/gi, '[e-mail]').replace(/\+\d[\d ]{6,}\d/g, '[phone]');
}

function frames(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
