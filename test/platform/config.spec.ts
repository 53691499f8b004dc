import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import '../../src/app.module.js';
import '../../src/demo/demo.config.js';
import { AppConfig } from '../../src/platform/config/app.config.js';
import { envExample } from '../../src/platform/config/env-example.js';
import { InvalidConfig, readConfig } from '../../src/platform/config/read-config.js';

const local = { DATABASE_URL: 'mysql://a:b@127.0.0.1:3306/c', REDIS_URL: 'redis://127.0.0.1:6379' };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing on a laptop but a database and a Redis', () => {
    expect(problemsOf(local)).toEqual([]);
  });

  it('names every missing and every wrong variable at once', () => {
    const names = problemsOf({ APP_ENV: 'production', PORT: 'many', APP_ROLE: 'boss', MAIL_PORT: '99999' }).map(
      (problem) => problem.split(' ')[0],
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'PORT',
        'APP_ROLE',
        'MAIL_PORT',
        'DATABASE_URL',
        'REDIS_URL',
        'JWT_SECRET',
        'STRIPE_SECRET_KEY',
      ]),
    );
    expect(names.filter((name) => name === 'PORT')).toHaveLength(1);
  });

  it('never repeats a secret that is wrong', () => {
    expect(problemsOf({ ...local, JWT_SECRET: 'too-short-secret' }).join()).not.toContain('too-short-secret');
  });

  it('reads numbers and booleans from text', () => {
    const { port } = readConfig({ ...local, PORT: '8080' }).get(AppConfig) as AppConfig;
    expect(port).toBe(8080);
    expect(problemsOf({ ...local, SMS_ENABLED: 'perhaps' })).toEqual([expect.stringContaining('SMS_ENABLED')]);
  });

  it('is described in .env.example, all of it', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
  });
});
