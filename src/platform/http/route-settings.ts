import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';

/** What a route tells the server about itself; each concern adds its own member by `declare module`. */
export interface RouteSettings {}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteSettings {}
}

/** Adds settings to a route, beside those that other decorators add. */
export function withRouteSettings(settings: RouteSettings): MethodDecorator {
  return (target, name, descriptor) => {
    const known = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object) as RouteSettings;
    RouteConfig({ ...known, ...settings })(target, name, descriptor);
  };
}
