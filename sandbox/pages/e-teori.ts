import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EteoriServer } from '../e-teori/e-teori-server.js';
import { CATALOGUE, type EteoriStudent } from '../e-teori/e-teori-students.js';
import type { FormTree } from '../http/form.js';
import { type Html, html } from './html.js';
import { sendPage } from './layout.js';

type Request = FastifyRequest<{ Params: { reference: string }; Body: FormTree | undefined }>;

/** `/e-teori`: who learns, and `/e-teori/:reference`: what a student does there. */
export function serveEteoriPages(http: FastifyInstance, eteori: EteoriServer): void {
  http.get('/e-teori', (_request, reply) => {
    const links = eteori.students.links.newestFirst().filter(({ student }) => student !== null);
    const rows = links.map(
      ({ reference, accountId, student, isClosed }) =>
        html`<tr>
          <td><a href="/e-teori/${reference}">${student!.name}</a></td>
          <td>${accountId}</td>
          <td>${isClosed ? 'closed' : 'open'}</td>
          <td class="num">${student!.lessonsRead.size} / ${CATALOGUE.lessons.length}</td>
          <td class="num">${student!.tests.length}</td>
        </tr>`,
    );
    const body = html`<main>
      <h1>Theory</h1>
      <section class="card stack">${rows.length === 0 ? html`<p>Nobody learns yet.</p>` : table(rows)}</section>
    </main>`;
    return sendPage(reply, { title: 'Theory', at: 'e-teori', body });
  });
  http.get('/e-teori/:reference', ({ params }: Request, reply) => {
    const link = eteori.students.links.get(params.reference);
    const title = link?.student ? `e-teori.dk: ${link.student.name}` : 'Nobody learns here';
    const body = html`<div class="strip">Sandbox</div>
      <main class="narrow">
        <section class="card stack">
          <h1>${title}</h1>
          ${link?.isClosed && html`<p>The school’s place is closed.</p>`}
          ${link?.student && study(params.reference, link.student)}
        </section>
      </main>`;
    return sendPage(reply, { title, body }, link?.student ? 200 : 404);
  });
  http.post('/e-teori/:reference', async ({ params, body }: Request, reply) => {
    const { reference } = params;
    const act = body?.['act'];
    if (eteori.students.links.get(reference)?.student) {
      if (act === 'activate') await eteori.activate(reference);
      if (act === 'read') await eteori.readLesson(reference);
      if (act === 'pass') await eteori.takeTest(reference, 24);
      if (act === 'fail') await eteori.takeTest(reference, 12);
    }
    return reply.redirect(`/e-teori/${reference}`, 303);
  });
}

function study(reference: string, { activatedAt, completedAt, lessonsRead, tests }: EteoriStudent): Html {
  const last = tests.at(-1);
  return html`<p>
      ${lessonsRead.size} of ${CATALOGUE.lessons.length} lessons read${completedAt && ', and through'}. ${tests.length}
      tests taken${last && html`, the last with ${last.score} of ${last.maxScore} points`}.
    </p>
    <form class="stack" method="post" action="/e-teori/${reference}">
      ${!activatedAt && html`<button name="act" value="activate">Make the login</button>`}
      <button name="act" value="read">Read a lesson</button>
      <button name="act" value="pass">Take a test and pass</button>
      <button class="quiet" name="act" value="fail">Take a test and fail</button>
    </form>`;
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>Student</th>
          <th>Account</th>
          <th>Place</th>
          <th class="num">Lessons</th>
          <th class="num">Tests</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
