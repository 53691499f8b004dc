import type { FastifyInstance } from 'fastify';
import type { ErrorTracker } from './error-tracker.js';

type Told = { Params: { project: string }; Querystring: { sentry_key?: string }; Body: string };

/** `/api/{project}/envelope/` for applications, `/_sandbox/errors` for people and tests. */
export function serveErrorTracker(http: FastifyInstance, tracker: ErrorTracker): void {
  void http.register(async (scope) => {
    scope.addContentTypeParser('application/x-sentry-envelope', { parseAs: 'string' }, (_request, text, done) =>
      done(null, text),
    );
    scope.post<Told>('/api/:project/envelope/', ({ query, body }, reply) => {
      const status = tracker.take(query.sentry_key, body);
      return reply
        .status(status)
        .send(status === 200 ? { id: tracker.errors.at(-1)?.event_id } : { detail: 'refused' });
    });
  });
  http.get('/_sandbox/errors', () => ({ errors: tracker.errors }));
}
