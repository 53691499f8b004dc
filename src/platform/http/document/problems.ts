import { getSchemaPath } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import type { Admission } from '../../auth/admission.js';
import { NotAllowed, ScopeMissing, SecondFactorNeeded, SignInRequired } from '../../auth/auth-problems.js';
import { takesKey } from '../idempotency/documented-key.js';
import { isConditional } from '../conditional/conditional.js';
import { PreconditionFailed } from '../conditional/precondition.js';
import { KeyReused, RequestInFlight } from '../idempotency/idempotency-problems.js';
import { exampleId } from '../field.js';
import { problemBody } from '../problem-body.js';
import { ProblemDto } from '../problem.dto.js';
import { noteProblem } from '../problem-pages/known-problems.js';
import type { Problem } from '../problem.js';
import { isCounted } from '../rate-limit/limit-addresses.js';
import { TooManyRequests } from '../rate-limit/limit-problems.js';
import {
  AddressTooLong,
  HeadersTooLarge,
  InternalProblem,
  InvalidRequest,
  MalformedRequest,
  RequestTooDeep,
  RequestTooLarge,
  ResourceNotFound,
  RouteNotFound,
  ServiceBusy,
  UnsupportedMediaType,
} from '../request-problems.js';
import { admittedExtension, isForAdministrators, isForPrograms } from './access.js';
import { type Answer, type Described, isClosed, type OwnAnswer, sharedAnswers } from './operations.js';

/** A refusal of an operation: its class, or one of its kind where that needs to be told something. */
export type DocumentedProblem = Problem | (new () => Problem);

const problemType = 'application/problem+json';

const always = () => true;
const isOfSchool = ({ path }: Described) => path.includes('{schoolId}');
const hasId = ({ path }: Described) => path.includes('{');
// Administrators, and whomever a school demands it of.
const needsMore = (described: Described) =>
  isForAdministrators(described) || (isClosed(described) && isOfSchool(described));
const counted = ({ path }: Described) => isCounted(path);
const takesBody = ({ method }: Described) => method !== 'get';

const wrongField = { field: 'email', message: { en: 'must be an e-mail address', da: 'skal være en e-mailadresse' } };

// What happens around every operation need not be said by each of them.
const implied: readonly (readonly [Problem, (described: Described) => boolean])[] = [
  [new InvalidRequest([wrongField]), always],
  [new MalformedRequest(), always],
  [new RequestTooDeep(), always],
  [new SignInRequired(), isClosed],
  [new NotAllowed(), isClosed],
  [new ScopeMissing('booking.read'), isForPrograms],
  [new SecondFactorNeeded(), needsMore],
  [new ResourceNotFound(), hasId],
  // An id of a hundred letters and more.
  [new RouteNotFound(), hasId],
  [new RequestInFlight(undefined), takesKey],
  [new PreconditionFailed(), isConditional],
  [new RequestTooLarge(), takesBody],
  [new AddressTooLong(), always],
  [new UnsupportedMediaType(), takesBody],
  [new HeadersTooLarge(), always],
  [new KeyReused(), takesKey],
  [new TooManyRequests(30), counted],
  [new InternalProblem(undefined), always],
  [new ServiceBusy(), always],
];

for (const [problem] of implied) noteProblem(problem);

/** How the document describes the problems of one status. */
export function problemResponse(status: number, problems: readonly Problem[]) {
  const examples = Object.fromEntries(problems.map((problem) => [problem.code, exampleOf(problem)]));
  return {
    description: STATUS_CODES[status] ?? 'Problem',
    content: { [problemType]: { schema: { $ref: getSchemaPath(ProblemDto) }, examples } },
  };
}

/** Problems by their status. */
export function problemsByStatus(documented: readonly DocumentedProblem[]): Map<number, Problem[]> {
  const problems = documented.map((each) => (typeof each === 'function' ? new each() : each));
  problems.forEach(noteProblem);
  return Map.groupBy(problems, ({ status }) => status);
}

/**
 * Adds what can happen around the operation to the problems it declares itself. What is only that is described once, among the
 * `shared` answers.
 */
export function describeProblems(described: Described, shared: Record<string, Answer>, admission: Admission): void {
  const happening = implied.filter(([, happens]) => happens(described)).map(([problem]) => problem);
  const around = [...happening, ...refusalsOf(described, admission)];
  const { responses } = described.operation;
  for (const [status, problems] of problemsByStatus(around)) {
    const answer = problemResponse(status, problems);
    if (declaresOwn(responses[status])) {
      responses[status] = merged(answer, responses[status]);
    } else {
      const name = problems.map((problem) => problem.name).join('Or');
      shared[name] ??= answer;
      responses[status] = { $ref: `${sharedAnswers}${name}` };
    }
  }
}

/** What may keep a whole school from a change. */
function refusalsOf(described: Described, admission: Admission): readonly Problem[] {
  const { method, operation } = described;
  const marked = operation as { 'x-permission'?: string; [admittedExtension]?: string };
  const isAlwaysAdmitted = marked[admittedExtension] !== undefined;
  delete marked[admittedExtension];
  const permission = marked['x-permission'];
  if (method === 'get' || permission === undefined || isAlwaysAdmitted || !isOfSchool(described)) return [];
  return admission.refusals(permission, method.toUpperCase());
}

/** Whether anything is known of the answer beyond its status. */
function declaresOwn(answer: Answer | undefined): answer is OwnAnswer {
  if (answer === undefined || '$ref' in answer) return false;
  const { [problemType]: problem, ...others } = answer.content ?? {};
  return Object.keys(others).length > 0 || Object.keys(problem?.examples ?? {}).length > 0;
}

function merged(around: ReturnType<typeof problemResponse>, own: OwnAnswer): Answer {
  const problem = around.content[problemType];
  const examples = { ...own.content?.[problemType]?.examples, ...problem.examples };
  return { ...own, content: { ...own.content, [problemType]: { ...problem, examples } } };
}

function exampleOf(problem: Problem) {
  const context = { language: 'en', path: '/v1/…', correlationId: exampleId } as const;
  return { summary: problem.texts.en, value: problemBody(problem, context) };
}
