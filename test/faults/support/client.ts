import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../../src/platform/values/id.js';
import type { Transcript } from './transcript.js';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

interface Problem {
  readonly code?: string;
}

const answerWithinMs = 40_000;

/**
 * Somebody who asks until he is answered: a request that got nothing is sent again under its Idempotency-Key, through whatever process
 * answers by then. So what he knows in the end is exact, and what he was told must be true once.
 */
export class Client {
  constructor(
    private readonly urls: () => readonly string[],
    private readonly schoolId: string,
    private readonly transcript: Transcript,
    private readonly patienceMs = 120_000,
  ) {}

  async post<Body>(path: string, token: string, body: object = {}): Promise<Answer<Body & Problem>> {
    const key = newId();
    const end = Date.now() + this.patienceMs;
    for (let turn = Math.floor(Math.random() * 100); Date.now() < end; turn++) {
      const answer = await this.ask<Body & Problem>(path, token, body, key, turn);
      if (answer) {
        this.transcript.count(answer.body.code ?? String(answer.status));
        return answer;
      }
      await sleep(100 + Math.random() * 200);
    }
    throw new Error(`POST ${path} was never answered`);
  }

  /** @returns nothing when it has to be asked again */
  private async ask<Body extends Problem>(
    path: string,
    token: string,
    body: object,
    key: string,
    turn: number,
  ): Promise<Answer<Body> | null> {
    const urls = this.urls();
    const url = urls[turn % urls.length]!;
    this.transcript.requests += 1;
    const began = Date.now();
    const fail = (what: string): void => {
      const at = Date.now();
      const request = path.replace(/[0-9a-f-]{36}/, '…');
      this.transcript.failures.push({ at, tookMs: at - began, url, request, what });
    };
    try {
      const response = await fetch(`${url}/v1/schools/${this.schoolId}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      const text = await response.text();
      const answer = { status: response.status, body: (text ? JSON.parse(text) : {}) as Body };
      if (answer.body.code === 'idempotency.in_flight') return null;
      if (answer.status < 500) return answer;
      fail(`${answer.status} ${answer.body.code}`);
      // Unavailable is what it may be; anything else is a mistake of ours.
      if (answer.status !== 503) this.transcript.errors.push(`POST ${path}: ${answer.status} ${text}`);
    } catch (error) {
      fail(String((error as Error).cause ?? error));
    }
    return null;
  }
}
