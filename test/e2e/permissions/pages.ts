import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { TestApp } from '../../support/app.js';

/**
 * The routes that are no operation of the document: pages for people. None takes the id of a row of a school; what opens a row is a
 * secret, which the spec named tries.
 */
export const pages: Readonly<Record<string, string>> = {
  'GET /': 'the home page',
  'GET /problems': 'what problems mean',
  'GET /problems/:code': 'what problems mean',
  'GET /account/password': 'a form, which calls operations',
  'GET /account/password.js': 'its script',
  'GET /account/second-factor': 'a form, which calls operations',
  'GET /account/second-factor.js': 'its script',
  'GET /ops/login': 'a form',
  'POST /ops/login': 'throttling.spec.ts',
  'POST /ops/logout': 'the cookie’s own session',
  'GET /ops': 'operators alone: operations.spec.ts',
  'GET /ops/deliveries': 'operators alone: operations.spec.ts',
  'POST /ops/deliveries/retry': 'operators alone: operations.spec.ts',
  'POST /ops/deliveries/retry-all': 'operators alone: operations.spec.ts',
  'POST /ops/deliveries/discard': 'operators alone: operations.spec.ts',
  'GET /ops/schedules': 'operators alone: operations.spec.ts',
  'POST /ops/schedules/run': 'operators alone: operations.spec.ts',
  'GET /ops/webhooks': 'operators alone: operations.spec.ts',
  'POST /ops/webhooks/replay': 'operators alone: operations.spec.ts',
  'GET /pay/cards/saved': 'says nothing of anybody',
  'GET /pay/cards/cancelled': 'says nothing of anybody',
  'GET /pay/done': 'a payment’s id from the gateway: pay-page.spec.ts',
  'GET /pay/cancelled': 'a payment’s id from the gateway: pay-page.spec.ts',
  'POST /pay/again': 'a payment’s id from the gateway: pay-page.spec.ts',
  'GET /pay/:token': 'a secret: pay-page.spec.ts',
  'GET /pay/:token/logo': 'a secret: pay-page.spec.ts',
  'POST /pay/:token': 'a secret: pay-page.spec.ts',
  'GET /unsubscribe/:token': 'a signature over the row: notifications',
  'POST /unsubscribe/:token': 'a signature over the row: notifications',
  'GET /subscription/done': 'says nothing of any school',
  'GET /subscription/cancelled': 'says nothing of any school',
  'GET /accounting/return': 'a state good once: accounting.spec.ts',
  'GET /offers/:token': 'a secret: waiting-list.spec.ts',
  'POST /offers/:token': 'a secret: waiting-list.spec.ts',
};

const joined = (...parts: string[]) =>
  '/' +
  parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/');

/** Every route of every controller, as `GET /v1/me`. */
export function allRoutes({ app }: TestApp): string[] {
  const scanner = app.get(MetadataScanner, { strict: false });
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ metatype }) => {
    const prototype = (metatype as new () => object).prototype as Record<string, object>;
    const at = [Reflect.getMetadata(PATH_METADATA, metatype as object) as string | string[]].flat();
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const path = Reflect.getMetadata(PATH_METADATA, prototype[name]!) as string | string[] | undefined;
      if (path === undefined) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, prototype[name]!) as number];
      return at.flatMap((base) => [path].flat().map((each) => `${method} ${joined(base, each)}`));
    });
  });
}
