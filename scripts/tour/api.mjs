import { randomUUID } from 'node:crypto';
import { Mismatch, showCall } from './script.mjs';

/** Somebody who calls the API, signed in or not. */
export class Caller {
  #base;
  #token;

  constructor(base, token) {
    this.#base = base;
    this.#token = token;
  }

  /** The same address, as somebody signed in. */
  as(accessToken) {
    return new Caller(this.#base, accessToken);
  }

  get(path, options) {
    return this.#call('GET', path, undefined, options);
  }

  post(path, body = {}, options) {
    return this.#call('POST', path, body, options);
  }

  put(path, body, options) {
    return this.#call('PUT', path, body, options);
  }

  patch(path, body, options) {
    return this.#call('PATCH', path, body, options);
  }

  delete(path, options) {
    return this.#call('DELETE', path, undefined, options);
  }

  /** Presses the button of a page, as a browser without scripts does. @returns where it leads */
  async press(path) {
    const started = performance.now();
    const response = await fetch(`${this.#base}${path}`, {
      method: 'POST',
      body: new URLSearchParams(),
      redirect: 'manual',
    });
    const to = response.headers.get('location');
    const milliseconds = performance.now() - started;
    showCall({ method: 'POST', path: '/pay/…', status: response.status, answer: to ?? '', milliseconds });
    if (response.status !== 303 || !to) throw new Mismatch(`the page answered ${response.status}, not a way on`);
    return to;
  }

  /**
   * @param expect the status that the story expects
   * @param show what of the answer to print; all of it when absent, nothing when false
   * @returns the answer's JSON, or its bytes when it is a file
   */
  async #call(
    method,
    path,
    body,
    { expect = method === 'POST' ? [200, 201, 202, 204] : [200, 204], show, headers = {} } = {},
  ) {
    const started = performance.now();
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        'accept-language': 'en',
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await read(response);
    const milliseconds = performance.now() - started;
    const shown = show === false || Buffer.isBuffer(answer) ? undefined : show ? show(answer) : answer;
    const isExpected = [expect].flat().includes(response.status);
    showCall({ method, path, body, status: response.status, answer: isExpected ? shown : answer, milliseconds });
    if (!isExpected)
      throw new Mismatch(`${method} ${path} answered ${response.status}, not ${[expect].flat().join(' or ')}`);
    return answer;
  }
}

/** Shows these members of an answer alone. */
export function only(...names) {
  return (answer) => Object.fromEntries(names.map((name) => [name, answer[name]]));
}

async function read(response) {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204 || type === '') return undefined;
  if (/json/.test(type)) return response.json();
  if (type.startsWith('text/')) return response.text();
  return Buffer.from(await response.arrayBuffer());
}
