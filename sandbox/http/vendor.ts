import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults, System } from '../faults/faults.js';
import type { VendorContract } from '../vendor-specs/vendor-contract.js';
import { decodeForm, type FormTree } from './form.js';
import type { VendorAnswer, VendorRequest } from './vendor-call.js';

export interface Operation {
  /** The name faults are addressed by, such as `checkout.sessions.create`. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** There is no description of it, or (`answer`) of what it answers. */
  undescribed?: true | 'answer';
  handle(request: VendorRequest): VendorAnswer | Promise<VendorAnswer>;
}

/** An operation that answers with what was done; a copy, so that what happens later does not show in it. */
export function served(
  name: string,
  method: Operation['method'],
  path: string,
  act: (request: VendorRequest) => object,
  status = 200,
): Operation {
  return { name, method, path, handle: (request) => ({ status, body: structuredClone(act(request)) }) };
}

/** The APIs of which there is a description; PayPal describes each of its own. */
export type Described =
  | 'stripe'
  | 'vipps'
  | 'twilio'
  | 'paypalOrders'
  | 'paypalPayments'
  | 'paypalWebhooks'
  | 'gatewayapi'
  | 'sparkpost'
  | 'sendgrid'
  | 'mailgun'
  | 'mailtrap'
  | 'xero'
  | 'xeroIdentity'
  | 'quickbooks'
  | 'economic';

/** An outside system that speaks HTTP. */
export interface Vendor {
  readonly system: System;
  readonly operations: readonly Operation[];
  /** The refusal when the credentials are wrong. */
  refuseStranger(request: VendorRequest): VendorAnswer | undefined;
  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer>;
  /** The vendor's own way to say that it failed, is overrun, or broke its own contract. */
  failure(status: number, message: string): VendorAnswer;
}

export interface VendorServing {
  http: FastifyInstance;
  faults: Faults;
  contract?: VendorContract;
}

const HANG_UP_AFTER_MS = 30_000;
const SLOW_MS = 3_000;

/** Serves every operation of the vendor: credentials, then faults on demand, then the contract, then the act. */
export function serveVendor(vendor: Vendor, serving: VendorServing): void {
  for (const operation of vendor.operations) {
    serving.http.route({
      method: operation.method,
      url: operation.path,
      handler: (request, reply) => handle(vendor, serving, operation, request, reply),
    });
  }
}

async function handle(
  vendor: Vendor,
  { faults, contract }: VendorServing,
  operation: Operation,
  httpRequest: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const request = readRequest(httpRequest);
  const refusal = vendor.refuseStranger(request);
  if (refusal) return send(reply, refusal);

  const fault = faults.take(vendor.system, operation.name);
  if (fault && actOutBefore(vendor, fault, reply)) return reply;
  if (fault?.kind === 'slow') await pause(fault.delayMs ?? SLOW_MS);
  const described = operation.undescribed === true ? undefined : contract;
  const answer = await answerInContract(vendor, described, operation, request);
  if (fault?.kind === 'timeout_after_acting') return hangUp(reply, fault, answer);
  return send(reply, answer);
}

async function answerInContract(
  vendor: Vendor,
  contract: VendorContract | undefined,
  operation: Operation,
  request: VendorRequest,
): Promise<VendorAnswer> {
  const wrongRequest = contract?.checkRequest(request);
  if (wrongRequest) return vendor.failure(500, wrongRequest);
  const answer = await vendor.act(operation, request);
  const wrongAnswer = operation.undescribed ? undefined : contract?.checkAnswer(request, answer);
  return wrongAnswer ? vendor.failure(500, wrongAnswer) : answer;
}

/** Plays a fault that strikes before anything was done; false when the request may pass. */
function actOutBefore(vendor: Vendor, fault: Fault, reply: FastifyReply): boolean {
  switch (fault.kind) {
    case 'timeout_before':
      hangUp(reply, fault);
      return true;
    case 'error_500':
      send(reply, vendor.failure(500, 'The sandbox was told to fail here.'));
      return true;
    case 'rate_limited':
      send(reply, vendor.failure(429, 'Too many requests, said the sandbox.'));
      return true;
    case 'garbage':
      reply.status(200).type('text/html').send('<html><body>502 Bad Gateway</body></html>');
      return true;
    default:
      return false;
  }
}

/** Leaves the caller without an answer until its patience, or ours, ends. */
function hangUp(reply: FastifyReply, fault: Fault, withheld?: VendorAnswer): FastifyReply {
  reply.hijack();
  setTimeout(() => reply.raw.destroy(), fault.delayMs ?? HANG_UP_AFTER_MS).unref();
  withheld?.afterwards?.();
  return reply;
}

function send(reply: FastifyReply, answer: VendorAnswer): FastifyReply {
  if (answer.afterwards) reply.raw.once('close', answer.afterwards);
  return reply
    .status(answer.status)
    .headers(answer.headers ?? {})
    .send(answer.body);
}

function readRequest(request: FastifyRequest): VendorRequest {
  const [path = '', query = ''] = request.url.split('?', 2);
  return {
    method: request.method,
    url: request.url,
    path,
    params: request.params as Record<string, string>,
    query: decodeForm(query),
    body: (request.body as FormTree | undefined) ?? {},
    headers: request.headers,
  };
}
