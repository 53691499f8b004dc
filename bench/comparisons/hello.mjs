import { compare } from '../measure.mjs';

/** What each request costs before it asks for anything. */
export async function hello({ servers, load }) {
  const [app, nest, floor] = await Promise.all([servers.app(), servers.nest(), servers.floor()]);
  return {
    hello: await compare(
      [
        { name: 'application', url: `${app}/health/live` },
        { name: 'Nest on Fastify', url: `${nest}/hello` },
        { name: 'Fastify', url: `${floor}/hello` },
      ],
      load,
    ),
  };
}
