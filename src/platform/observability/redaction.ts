import { ValidationError } from '@mikro-orm/core';

// Names under which secrets and personal data travel, lower-cased and without separators.
const hiddenNames = new Set(
  [
    ['authorization', 'cookie', 'setcookie', 'password', 'passwordhash', 'secret', 'clientsecret', 'apikey'],
    ['signature', 'token', 'accesstoken', 'refreshtoken', 'hash', 'otp', 'recoverycodes', 'idempotencykey'],
    ['email', 'phone', 'name', 'to', 'address', 'addressline', 'birthdate', 'ip', 'remoteaddress', 'recipient'],
    ['body', 'rawbody', 'html', 'text', 'subject', 'headers', 'url', 'originalurl'],
    ['sql', 'sqlmessage', 'query', 'parameters', 'params', 'bindings', 'values'],
  ].flat(),
);

const hidden = '[hidden]';
const deepest = 4;

/** A copy of what is about to be logged, without the values of hidden names at any depth, and without what gives itself away in texts. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Error) return errorForLog(value, depth);
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (depth === deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((each) => redact(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isHidden(name) ? hidden : redact(each, depth + 1)]),
  );
}

function isHidden(name: string): boolean {
  return hiddenNames.has(name.toLowerCase().replace(/[_-]/g, ''));
}

/** Type, code, stack and message of an error; values quoted by the database, addresses, numbers and secrets are cut out. */
export function errorForLog(error: Error, depth = 0): unknown {
  if (depth >= deepest) return '[deep]';
  const { code, errno, cause } = error as { code?: unknown; errno?: unknown; cause?: unknown };
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' && { code }),
    ...(typeof errno === 'number' && { errno }),
    message: messageWithoutPersons(error),
    stack: frames(error),
    ...(cause instanceof Error && { cause: errorForLog(cause, depth + 1) }),
    ...(error instanceof AggregateError && { errors: redact(error.errors, depth + 1) }),
  };
}

/** An error's message as it may be logged or kept. */
export function messageWithoutPersons(error: Error): string {
  if (isDatabaseError(error)) return messageOfDatabase(error);
  // A parser quotes what it could not read, the object mapper prints the entity it could not take.
  if (error instanceof SyntaxError || error instanceof ValidationError) return withoutQuotes(error.message);
  return cleanText(error.message);
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

// What is quoted may hold quotes itself, so all between the first and the last one goes.
function withoutQuotes(text: string): string {
  return cleanText(text.split('\n', 1)[0]!.replace(/["'].*["']/, '…'));
}

// Bounded, so that a long text without any of these costs no more than reading it.
const telling: readonly (readonly [RegExp, string])[] = [
  [/\/\/[^\s/@:]{1,200}:[^\s/@]{1,200}@/g, `//${hidden}@`],
  [/[^\s@'"<>()/]{1,64}(?:@|%40)[^\s@'"<>()/]{1,200}\.[a-z]{2,}/gi, '[e-mail]'],
  [/\+\d[\d ]{6,20}\d/g, '[phone]'],
  [/\beyJ[\w-]{4,}\.[\w-]+\.[\w-]+/g, '[token]'],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, `$1 ${hidden}`],
  [/\b(?:sk|rk|whsec|jd)_[\w-]{8,}/g, '[secret]'],
  [/([?&](?:[\w-]{0,20}token|code|key|secret|sig|signature|password)=)[^&\s"']+/gi, `$1${hidden}`],
];

/** A text without the e-mail addresses, phone numbers, tokens and credentials that can be told by their form. */
function cleanText(text: string): string {
  return telling.reduce((cleaned, [form, instead]) => cleaned.replace(form, instead), text);
}

// Without the message, whose own lines might look like frames.
function frames(error: Error): string {
  return (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
