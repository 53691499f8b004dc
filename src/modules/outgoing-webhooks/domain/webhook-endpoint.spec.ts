import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { type Round, WebhookEndpoint } from './webhook-endpoint.js';

const at = new Date('2026-12-01T08:00:00Z');
const hours = (count: number) => new Date(at.getTime() + count * 3_600_000);
const seal = (text: string, context: string) => `${context}|${text}`;
const quiet: Round = { accepted: 0, failed: 0, failure: null, isGone: false, askedForMs: 0 };
const failed: Round = { ...quiet, failed: 1, failure: 'http_500' };
const accepted: Round = { ...quiet, accepted: 1 };

const created = () =>
  WebhookEndpoint.create(
    {
      schoolId: newId(),
      partner: null,
      url: 'https://receiver.example/',
      description: null,
      eventTypes: ['payment.received', 'booking.created', 'booking.created'],
      createdBy: newId(),
    },
    'whsec_one',
    seal,
    at,
  );

describe('an endpoint', () => {
  it('keeps each type once, and its secret in its own place', () => {
    const endpoint = created();
    expect(endpoint.eventTypes).toBe('booking.created payment.received');
    expect(endpoint.secret).toBe(`webhook_endpoints.secret:${endpoint.id}|whsec_one`);
    endpoint.rotate('whsec_two', 'whsec_one', seal, at);
    expect(endpoint.previousSecret).toBe(`webhook_endpoints.previous_secret:${endpoint.id}|whsec_one`);
    expect(endpoint.previousSecretUntil).toEqual(hours(24));
  });

  it('is held from the fifth failure in a row, and free again with the first success', () => {
    const endpoint = created();
    for (let time = 0; time < 4; time++) endpoint.note(failed, at);
    expect(endpoint.heldUntil).toBeNull();
    endpoint.note(failed, at);
    expect(endpoint).toMatchObject({ failures: 5, failingSince: at, lastFailure: 'http_500' });
    expect(endpoint.heldUntil!.getTime()).toBeGreaterThan(at.getTime());
    expect(endpoint.note(accepted, hours(1))).toBeNull();
    expect(endpoint).toMatchObject({ failures: 0, failingSince: null, heldUntil: null, lastSuccessAt: hours(1) });
  });

  it('does not fail as long as it takes anything', () => {
    const endpoint = created();
    endpoint.note({ ...failed, accepted: 1 }, at);
    expect(endpoint).toMatchObject({ failures: 0, failingSince: null, lastFailure: 'http_500', lastSuccessAt: at });
  });

  it('is given up after three days of failures, or at once when it is gone', () => {
    const endpoint = created();
    expect(endpoint.note(failed, at)).toBeNull();
    expect(endpoint.note(failed, hours(71))).toBeNull();
    expect(endpoint.note(failed, hours(72))).toBe('failing');
    expect(endpoint.note(failed, hours(73))).toBeNull();
    expect(endpoint.resume()).toBe(true);
    expect(endpoint).toMatchObject({ state: 'active', disabledReason: null, failures: 0, failingSince: null });
    expect(endpoint.note({ ...failed, failure: 'http_410', isGone: true }, hours(74))).toBe('gone');
  });

  it('is left alone for as long as it asks', () => {
    const endpoint = created();
    endpoint.note({ ...failed, askedForMs: 3_600_000 }, at);
    expect(endpoint.heldUntil).toEqual(hours(1));
  });
});
