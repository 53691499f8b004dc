import { describe, expect, it } from '@jest/globals';
import { CircuitBreaker } from './circuit-breaker.js';

describe('CircuitBreaker', () => {
  it('opens after five failures in a row and lets one call try again after half a minute', () => {
    let now = 0;
    const breaker = new CircuitBreaker(() => now);
    for (let time = 0; time < 4; time++) breaker.failed();
    expect(breaker.tryPass()).toBe(true);
    breaker.failed();
    expect(breaker.tryPass()).toBe(false);
    now = 30_000;
    expect([breaker.tryPass(), breaker.tryPass()]).toEqual([true, false]);
    expect(breaker.againInMs).toBe(2_000);
    breaker.succeeded();
    expect(breaker.tryPass()).toBe(true);
  });

  it('leaves a provider alone for as long as it asks, be it the first failure', () => {
    let now = 0;
    const breaker = new CircuitBreaker(() => now);
    breaker.failed(7_000);
    expect([breaker.tryPass(), breaker.isOpen, breaker.againInMs]).toEqual([false, false, 7_000]);
    now = 7_000;
    expect([breaker.tryPass(), breaker.tryPass()]).toEqual([true, true]);
  });
});
