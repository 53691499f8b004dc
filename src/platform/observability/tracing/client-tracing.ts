import { type Span, SpanKind } from '@opentelemetry/api';
import { MikroORM } from '@mikro-orm/core';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { activeSpan, failed, startChild, traceParent } from './spans.js';
import { Tracing } from './tracing.js';

/** Takes a message of a channel for a span's name and attributes. */
type Describe = (message: object) => { name: string; attributes: Record<string, string> };

const outgoing = 'http.client.request.created';

/**
 * Spans of what goes to the database and to Redis, and the trace's id on calls to providers. The libraries announce it themselves on
 * Node's diagnostics channels; nothing of theirs is patched. Only what belongs to a trace is looked at.
 */
@Injectable()
export class ClientTracing implements OnModuleInit, OnApplicationShutdown {
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly tracing: Tracing,
    private readonly orm: MikroORM,
  ) {}

  onModuleInit(): void {
    if (!this.tracing.tracer) return;
    const tables = new Set([...this.orm.getMetadata().getAll().values()].map(({ tableName }) => tableName));
    const statement: Describe = (message) => describeStatement((message as { query: unknown }).query, tables);
    this.follow('mysql2:query', statement);
    this.follow('mysql2:execute', statement);
    this.follow('ioredis:command', describeCommand);
    subscribe(outgoing, carryOn);
    this.undo.push(() => unsubscribe(outgoing, carryOn));
  }

  onApplicationShutdown(): void {
    for (const each of this.undo) each();
  }

  private follow(channelName: string, describe: Describe): void {
    const channel = tracingChannel<string, object>(channelName);
    const spans = new WeakMap<object, Span>();
    const { tracer } = this.tracing;
    const subscribers = {
      start: (message: object) => {
        const within = activeSpan();
        if (!within || within.tracer !== tracer) return;
        const { name, attributes } = describe(message);
        spans.set(message, startChild(within, name, { kind: SpanKind.CLIENT, attributes }).span);
      },
      end: () => undefined,
      asyncStart: () => undefined,
      asyncEnd: (message: object) => spans.get(message)?.end(),
      error: (message: object & { error?: unknown }) => {
        const span = spans.get(message);
        if (span) failed(span, message.error);
      },
    };
    channel.subscribe(subscribers);
    this.undo.push(() => channel.unsubscribe(subscribers));
  }
}

/** `SELECT bookings`: the verb and the first table of ours. The statement itself holds values. */
function describeStatement(query: unknown, tables: ReadonlySet<string>): ReturnType<Describe> {
  const text = typeof query === 'string' ? query : '';
  const operation = /^\s*([a-z]+)/i.exec(text)?.[1]?.toUpperCase() ?? 'QUERY';
  const named = /\b(?:from|into|update)\s+`?([a-z_]+)/i.exec(text)?.[1] ?? '';
  const table = tables.has(named) ? named : '';
  return {
    name: table ? `${operation} ${table}` : operation,
    attributes: {
      'db.system.name': 'mysql',
      'db.operation.name': operation,
      ...(table && { 'db.collection.name': table }),
    },
  };
}

function describeCommand(message: object): ReturnType<Describe> {
  const { command } = message as { command: string };
  return { name: command, attributes: { 'db.system.name': 'redis', 'db.operation.name': command } };
}

/** Gives the trace to whom we call, so that a gateway of ours joins in; the ids say nothing to others. */
function carryOn(message: unknown): void {
  if (activeSpan()?.kind === SpanKind.CLIENT)
    (message as { request: ClientRequest }).request.setHeader('traceparent', traceParent()!);
}
