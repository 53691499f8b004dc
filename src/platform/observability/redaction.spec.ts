import { describe, expect, it } from '@jest/globals';
import { ValidationError } from '@mikro-orm/core';
import { errorForLog, redact } from './redaction.js';

describe('what reaches the log', () => {
  it('hides secrets and persons by name at any depth', () => {
    const line = {
      a: 1,
      refreshToken: 'x',
      user: { email: 'x', id: 7, headers: { cookie: 'x' } },
      list: [{ 'set-cookie': 'x' }],
      passwordHash: 'x',
    };
    expect(redact(line)).toEqual({
      a: 1,
      refreshToken: '[hidden]',
      user: { email: '[hidden]', id: 7, headers: '[hidden]' },
      list: [{ 'set-cookie': '[hidden]' }],
      passwordHash: '[hidden]',
    });
  });

  it('keeps the key of a duplicate, not its value', () => {
    const error = Object.assign(
      new Error(
        "insert into users values ('anna@example.dk') - Duplicate entry 'anna@example.dk' for key 'users_email'",
      ),
      {
        sql: "insert into users values ('anna@example.dk')",
        sqlMessage: "Duplicate entry 'anna@example.dk' for key 'users_email'",
        errno: 1062,
      },
    );
    const logged = JSON.stringify(errorForLog(error));
    expect(logged).toContain("for key 'users_email'");
    expect(logged).toContain('1062');
    expect(logged).not.toContain('anna');
  });

  it('does not print the entity that the mapper refused', () => {
    const error = new ValidationError(
      "Value for Student.phone is required, 'Anna' found\nentity: Student { name: 'Anna' }",
    );
    expect(JSON.stringify(errorForLog(error))).toContain('Value for Student.phone is required, … found');
    expect(JSON.stringify(errorForLog(error))).not.toContain('Anna');
  });

  it('cuts addresses and numbers out of other messages, causes too', () => {
    const logged = JSON.stringify(
      errorForLog(new Error('no mail to anna@example.dk', { cause: new Error('nor to +45 20 12 34 56') })),
    );
    expect(logged).toContain('no mail to [e-mail]');
    expect(logged).toContain('nor to [phone]');
    expect(logged).not.toContain('anna');
  });
});
