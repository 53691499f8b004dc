import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { areInstalled } from '../../scripts/bootstrap/dependencies.mjs';
import { readSettings } from '../../scripts/bootstrap/env-file.mjs';
import { applicationEnvironment, wantsSandbox } from '../../scripts/start/environment.mjs';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'settings-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the settings', () => {
  it('come from .env, overruled by the environment; empty ones are not set', () => {
    const file = join(folder, '.env');
    writeFileSync(file, '# mine\nPORT=3100\nREDIS_URL=\nMAIL_FROM_NAME="Just Driving"\n');
    expect(readSettings(file, { PORT: '3200', DATABASE_URL: '' })).toEqual({
      PORT: '3200',
      MAIL_FROM_NAME: 'Just Driving',
    });
    expect(readSettings(join(folder, 'none'), {})).toEqual({});
  });

  it('take the addresses of database and Redis from a file too', () => {
    const file = join(folder, 'database-url');
    writeFileSync(file, 'mysql://here/db\n');
    expect(readSettings(join(folder, 'none'), { DATABASE_URL_FILE: file, JWT_SECRET_FILE: '/run/jwt' })).toEqual({
      DATABASE_URL: 'mysql://here/db',
      JWT_SECRET_FILE: '/run/jwt',
    });
  });
});

describe('the application’s environment', () => {
  const addresses = {
    publicUrl: 'http://127.0.0.1:3000',
    port: 3000,
    sandboxPort: 4100,
    smtpPort: 4125,
    databaseUrl: 'mysql://here/db',
    redisUrl: 'redis://here',
  };
  const secrets = { jwtSecret: 'j', encryptionKey: 'e' };

  it('lets the sandbox play every vendor on a laptop without settings', () => {
    expect(applicationEnvironment({}, addresses, secrets)).toMatchObject({
      STRIPE_API_URL: 'http://127.0.0.1:4100',
      TWILIO_API_URL: 'http://127.0.0.1:4100',
      MAIL_PORT: '4125',
      JWT_SECRET: 'j',
    });
  });

  it('leaves a vendor with real credentials to itself', () => {
    const env = applicationEnvironment(
      { STRIPE_SECRET_KEY: 'sk_test_real', MAIL_HOST: 'mail.example' },
      addresses,
      secrets,
    );
    expect(env).toMatchObject({
      STRIPE_SECRET_KEY: 'sk_test_real',
      MAIL_HOST: 'mail.example',
      TWILIO_AUTH_TOKEN: 'sandbox',
    });
    expect(env).not.toHaveProperty('STRIPE_API_URL');
    expect(env).not.toHaveProperty('MAIL_PORT');
  });

  it('puts nothing beside a secret that comes from a file', () => {
    const files = { JWT_SECRET_FILE: '/run/jwt', STRIPE_SECRET_KEY_FILE: '/run/stripe' };
    const env = applicationEnvironment(files, addresses, secrets);
    for (const name of ['JWT_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_API_URL']) expect(env).not.toHaveProperty(name);
  });

  it('invents nothing in production', () => {
    const env = applicationEnvironment({ APP_ENV: 'production' }, addresses, secrets);
    expect(Object.keys(env).sort()).toEqual(['APP_ENV', 'DATABASE_URL', 'PORT', 'REDIS_URL']);
    expect(wantsSandbox({ APP_ENV: 'production' })).toBe(false);
  });
});

describe('the dependencies', () => {
  const write = (file: string, packages: object) => writeFileSync(join(folder, file), JSON.stringify({ packages }));
  const one = { version: '1.0.0' };

  it('are stale when missing, of another version, half installed or no longer wanted', () => {
    mkdirSync(join(folder, 'node_modules'));
    write('package-lock.json', { '': {}, 'node_modules/a': one, 'node_modules/for-a-mac': { ...one, optional: true } });
    expect(areInstalled(folder)).toBe(false);
    for (const installed of [
      {},
      { 'node_modules/a': { version: '2.0.0' } },
      { 'node_modules/a': one, 'node_modules/b': one },
    ]) {
      write('node_modules/.package-lock.json', installed);
      expect(areInstalled(folder)).toBe(false);
    }
    write('node_modules/.package-lock.json', { 'node_modules/a': one });
    expect(areInstalled(folder)).toBe(true);
  });
});

describe('npm test', () => {
  it('refuses to be started by a test', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/test.mjs'], { encoding: 'utf8', timeout: 20_000 });
    expect(status).toBe(1);
    expect(stderr).toContain('A test must not start all tests.');
  });
});
