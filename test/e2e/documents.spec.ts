import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { Readable } from 'node:stream';
import { ClamdServer, EICAR } from '../../sandbox/clamd/clamd-server.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { ForgetFiles } from '../../src/platform/files/forget-files.js';
import { StoredFiles } from '../../src/platform/files/stored-files.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { jpeg, pngOf } from '../support/images.js';
import { raw } from '../support/raw-answer.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const fifteenMiB = 15 * 1024 * 1024;

const clamd = new ClamdServer();
let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  const port = await clamd.listen();
  test = await startTestApp({ env: { VIRUS_SCANNER: 'clamd', CLAMD_PORT: String(port) } });
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterEach(async () => {
  clamd.mood = 'well';
  // What is due by the test's clock would not be due for long by the real one.
  await test.settle();
  test.clock.follow();
});
afterAll(async () => {
  await test.close();
  await clamd.close();
});

const at = (studentId: string) => `/students/${studentId}/documents`;
const upload = (caller: Caller, studentId: string, content: Buffer, name = 'attest.pdf', kind = 'medical_form') =>
  caller.post(`${at(studentId)}?kind=${kind}`).attach('file', content, name);

const lying = async () => {
  const entries = await readdir(test.filesFolder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};
const rows = async () =>
  (
    await sql<{ state: string; name: string }>`SELECT state, name FROM stored_files ORDER BY id`.execute(
      globalQuery<object>(test.em.fork()),
    )
  ).rows;
const download = (url: string) => raw(test.http.get(new URL(url).pathname));
/** The state as it was before: nothing of a refused upload stays. */
async function leavesNothing(work: () => Promise<unknown>): Promise<void> {
  const before = await lying();
  await work();
  await test.settle();
  expect(await lying()).toEqual(before);
  expect((await rows()).filter(({ state }) => state !== 'kept')).toEqual([]);
}

describe('a document', () => {
  it('is uploaded, listed, opened by a private link, and deleted', async () => {
    const { id } = await nord.enrol('papers@nord.example');
    const path = `${at(id)}?kind=first_aid_proof&expiresOn=2027-03-31`;
    const { body } = await nord.owner.post(path).attach('file', pdf, 'Første hjælp – Ærø.pdf').expect(201);
    expect(body).toMatchObject({ kind: 'first_aid_proof', mediaType: 'application/pdf', expiresOn: '2027-03-31' });
    expect(body).toMatchObject({ bytes: pdf.length, sha256: createHash('sha256').update(pdf).digest('hex') });
    expect((await nord.owner.get(at(id)).expect(200)).body.items).toEqual([body]);

    const link = (await nord.owner.post(`${at(id)}/${body.id}/link`).expect(201)).body;
    const answer = await download(link.url).expect(200);
    expect(answer.body.equals(pdf)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; .*filename\*=UTF-8''F%C3%B8rste/);

    await nord.owner.delete(`${at(id)}/${body.id}`).expect(204);
    await download(link.url).expect(404);
    expect((await nord.owner.get(at(id)).expect(200)).body.items).toEqual([]);
    await test.settle();
    expect(await lying()).toEqual([]);
    expect(await rows()).toEqual([]);
    const { items } = (await nord.owner.get(`/audit-log?subjectId=${id}`).expect(200)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['document.uploaded', 'document.opened', 'document.deleted']),
    );
    expect(JSON.stringify(items)).not.toContain('Ærø');
  });

  it('is what its bytes say, whatever it is called', async () => {
    const { id } = await nord.enrol('disguise@nord.example');
    const { body } = await upload(nord.owner, id, png, 'contract.pdf').expect(201);
    expect(body.mediaType).toBe('image/png');
    const strangers = [Buffer.from('<html><script>alert(1)</script>'), Buffer.from('MZ\x90\0'), Buffer.alloc(0)];
    for (const content of [...strangers, Buffer.from('PK\x03\x04'), Buffer.from('<svg xmlns="…"/>')]) {
      await leavesNothing(async () => {
        expect((await upload(nord.owner, id, content).expect(422)).body.code).toBe('file.type_not_allowed');
      });
    }
  });

  it('has a name that harms nobody', async () => {
    const { id } = await nord.enrol('names@nord.example');
    const { body } = await upload(nord.owner, id, pdf, '../../etc/passwd').expect(201);
    expect(body.name).toBe('passwd');
    const long = (await upload(nord.owner, id, pdf, `${'å'.repeat(300)}.pdf`).expect(201)).body;
    expect(long.name).toHaveLength(200);
  });

  it('is at most 15 MiB, measured as it comes', async () => {
    const { id } = await nord.enrol('size@nord.example');
    const exactly = Buffer.concat([pdf, Buffer.alloc(fifteenMiB - pdf.length)]);
    await upload(nord.owner, id, exactly).expect(201);
    await leavesNothing(async () => {
      const { body } = await upload(nord.owner, id, Buffer.concat([exactly, Buffer.alloc(1)])).expect(413);
      expect(body.code).toBe('request.too_large');
    });
  });

  it('is one file in a multipart body, and such bodies go nowhere else', async () => {
    const { id } = await nord.enrol('shape@nord.example');
    const path = `${at(id)}?kind=other`;
    await nord.owner.post(path, {}).expect(415);
    const { body } = await nord.owner.post(path).attach('other', pdf, 'a.pdf').expect(400);
    expect(body.errors).toEqual([{ field: 'file', message: expect.any(String) }]);
    await nord.owner.post(at(id)).attach('file', pdf, 'a.pdf').expect(400);
    await nord.owner
      .post(`${at(id)}?kind=secret`)
      .attach('file', pdf, 'a.pdf')
      .expect(400);
    await nord.owner.post(path).set('content-type', 'multipart/form-data; boundary=x').send('--x--\r\n').expect(400);
    await nord.owner.post(path).set('content-type', 'multipart/form-data').send('nothing').expect(400);
    await nord.owner.post('/students').attach('file', pdf, 'a.pdf').expect(415);
    const nameless = ['--x', 'Content-Disposition: form-data; name="file"', 'Content-Type: application/octet-stream'];
    const call = nord.owner.post(path).set('content-type', 'multipart/form-data; boundary=x');
    const sent = await call.send([...nameless, '', String(pdf), '--x--', ''].join('\r\n')).expect(201);
    expect(sent.body).toMatchObject({ name: 'document', mediaType: 'application/pdf' });
    expect(await rows()).not.toContainEqual(expect.objectContaining({ name: 'a.pdf' }));
  });

  it('is done once with an Idempotency-Key', async () => {
    const { id } = await nord.enrol('twice@nord.example');
    const key = randomUUID();
    const send = () => upload(nord.owner, id, pdf).set('Idempotency-Key', key).expect(201);
    const [one, other] = [await send(), await send()];
    expect(other.body).toEqual(one.body);
    expect((await nord.owner.get(at(id))).body.items).toHaveLength(1);
    const another = await upload(nord.owner, id, Buffer.concat([pdf, pdf]))
      .set('Idempotency-Key', key)
      .expect(422);
    expect(another.body.code).toBe('idempotency.key_reused');
    const open = () =>
      nord.owner
        .post(`${at(id)}/${one.body.id}/link`)
        .set('Idempotency-Key', key)
        .expect(201);
    await open();
    // Kept, the link would open the document for whoever reads the database, and not for whoever asks again later.
    test.clock.advance({ minutes: 6 });
    await download((await open()).body.url).expect(200);
  });

  it('pages, newest first', async () => {
    const { id } = await nord.enrol('pages@nord.example');
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift((await upload(nord.owner, id, pdf)).body.id);
    const first = (await nord.owner.get(`${at(id)}?limit=2`).expect(200)).body;
    const rest = (await nord.owner.get(`${at(id)}?limit=2&cursor=${first.nextCursor}`).expect(200)).body;
    expect([...first.items, ...rest.items].map((each: { id: string }) => each.id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
    await nord.owner.get(`${at(id)}?cursor=made-up`).expect(400);
    await upload(nord.owner, id, pdf, 'c.pdf', 'contract').expect(201);
    expect((await nord.owner.get(`${at(id)}?kind=contract`).expect(200)).body.items).toHaveLength(1);
  });
});

describe('who may have a document', () => {
  it('is the school’s staff and the student himself', async () => {
    const one = await nord.enrol('one@nord.example');
    const other = await nord.enrol('other@nord.example');
    const { body } = await upload(one.caller, one.id, pdf).expect(201);
    const link = `${at(one.id)}/${body.id}/link`;
    await one.caller.get(at(one.id)).expect(200);
    await download((await one.caller.post(link).expect(201)).body.url).expect(200);

    for (const stranger of [other.caller, syd.owner]) {
      await stranger.get(at(one.id)).expect(404);
      await stranger.post(link).expect(404);
      await upload(stranger, one.id, pdf).expect(404);
    }
    await nord.owner.post(`${at(other.id)}/${body.id}/link`).expect(404);
    await nord.owner.delete(`${at(other.id)}/${body.id}`).expect(404);
    await one.caller.delete(`${at(one.id)}/${body.id}`).expect(403);
    await upload(nord.teacher.caller, one.id, pdf).expect(403);
    await nord.teacher.caller.get(at(one.id)).expect(403);
  });

  it('is decided by the link for five minutes, and by no other address', async () => {
    const { id } = await nord.enrol('links@nord.example');
    const { body } = await upload(nord.owner, id, pdf).expect(201);
    const { url, expiresAt } = (await nord.owner.post(`${at(id)}/${body.id}/link`).expect(201)).body;
    const token = new URL(url).pathname.split('/').at(-1)!;
    const bytes = Buffer.from(token, 'base64url');
    for (const position of [0, 15, 19, 20, bytes.length - 1]) {
      const forged = Buffer.from(bytes);
      forged[position]! ^= 1;
      await test.http.get(`/files/${forged.toString('base64url')}`).expect(404);
    }
    for (const made of ['x', token.slice(1), `${token}A`, body.id]) await test.http.get(`/files/${made}`).expect(404);
    test.clock.set(new Date(new Date(expiresAt).getTime() - 1_000));
    await download(url).expect(200);
    test.clock.advance({ seconds: 1 });
    expect((await download(url).expect(404)).body.code).toBe('file.link_not_valid');
  });
});

describe('a document with malware', () => {
  it('is refused and forgotten', async () => {
    const { id } = await nord.enrol('malware@nord.example');
    await leavesNothing(async () => {
      const { body } = await upload(nord.owner, id, Buffer.concat([pdf, Buffer.from(EICAR)])).expect(422);
      expect(body.code).toBe('file.infected');
    });
  });

  it('is not let through because the scanner is away', async () => {
    const { id } = await nord.enrol('away@nord.example');
    clamd.mood = 'hangs_up';
    await leavesNothing(async () => {
      const answer = await upload(nord.owner, id, pdf).expect(503);
      expect([answer.body.code, answer.headers['retry-after']]).toEqual(['file.not_scanned', '60']);
    });
  });
});

describe('what dies on the way', () => {
  const aDayLater = async () => {
    const now = new Date(Date.now() + 25 * 3_600_000);
    await test.app.get(ForgetFiles, { strict: false }).sweep(now);
  };

  it('leaves a file that nobody is given, and the sweep takes it away', async () => {
    const { id } = await nord.enrol('killed@nord.example');
    const before = await lying();
    // As a process that is killed between the store and the second transaction.
    const fileId = await nord.run(() =>
      test.app
        .get(StoredFiles, { strict: false })
        .receive({ name: 'a', mediaType: 'application/pdf', content: Readable.from([pdf]) }),
    );
    expect(await lying()).toContain(fileId);
    expect((await nord.owner.get(at(id))).body.items).toEqual([]);
    expect(await nord.run(() => test.app.get(StoredFiles, { strict: false }).open(fileId))).toBeNull();
    await test.app.get(ForgetFiles, { strict: false }).sweep(new Date());
    expect(await lying()).toContain(fileId);
    await aDayLater();
    expect(await lying()).toEqual(before);
  });

  it('leaves no half file when its sender hangs up', async () => {
    const { id } = await nord.enrol('hangs-up@nord.example');
    const before = await lying();
    const token = await accessTokenOf(test.app, nord.owner.userId);
    const { port, hostname } = new URL(test.url);
    const socket = createConnection(Number(port), hostname);
    socket.write(
      `POST /v1/schools/${nord.id}${at(id)}?kind=other HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n' +
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n',
    );
    socket.write(Buffer.concat([pdf, Buffer.alloc(300_000)]));
    await until(async () => (await rows()).some(({ state }) => state === 'incoming'));
    socket.destroy();
    await until(async () => (await rows()).every(({ state }) => state === 'kept'));
    expect(await lying()).toEqual(before);
  });

  it('is deleted later when the store is away now', async () => {
    const { id } = await nord.enrol('store-away@nord.example');
    const { body } = await upload(nord.owner, id, pdf).expect(201);
    const store = test.app.get(FileStore, { strict: false });
    const remove = store.delete.bind(store);
    store.delete = () => Promise.reject(new Error('the disk is away'));
    const before = await lying();
    await nord.owner.delete(`${at(id)}/${body.id}`).expect(204);
    await test.settle();
    expect(await lying()).toEqual(before);
    store.delete = remove;
    await aDayLater();
    expect(await lying()).toHaveLength(before.length - 1);
  });
});

describe('the logo of a school', () => {
  const put = (content: Buffer, caller = nord.owner) => caller.put('/logo').attach('file', content, 'logo');
  const logo = (caller = nord.owner) => raw(caller.get('/logo'));

  it('is uploaded, read once by each, replaced and deleted', async () => {
    expect((await nord.owner.get('/logo').expect(404)).body.code).toBe('school.no_logo');
    const picture = pngOf(300, 100);
    expect((await put(picture).expect(200)).body).toMatchObject({ mediaType: 'image/png', width: 300, height: 100 });
    const { body, headers } = await logo(nord.student.caller).expect(200);
    expect(body.equals(picture)).toBe(true);
    expect(headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    await nord.owner.get('/logo').set('if-none-match', headers['etag']!).expect(304);
    await syd.owner.get('/logo').expect(404);

    await Promise.all([put(jpeg).expect(200), put(jpeg).expect(200)]);
    const replaced = await logo().set('if-none-match', headers['etag']!).expect(200);
    expect(replaced.headers['content-type']).toBe('image/jpeg');
    await test.settle();
    expect((await rows()).filter(({ name, state }) => name === 'logo' && state === 'kept')).toHaveLength(1);
    await nord.owner.delete('/logo').expect(204);
    await nord.owner.delete('/logo').expect(404);
    await nord.student.caller.put('/logo').attach('file', jpeg, 'logo').expect(403);
  });

  it('is whole, small enough, and of no kind that could run', async () => {
    const picture = pngOf(300, 100);
    const broken = Buffer.from(picture);
    broken.writeUInt8(broken.readUInt8(60) ^ 1, 60);
    for (const bad of [picture.subarray(0, -20), broken, pngOf(1_201, 4), jpeg.subarray(0, -2), jpeg.subarray(0, 60)])
      await leavesNothing(async () => {
        expect((await put(bad).expect(422)).body.code).toBe('school.invalid_logo');
      });
    for (const bad of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), pdf, Buffer.from('GIF89a…')])
      await leavesNothing(async () => {
        expect((await put(bad).expect(422)).body.code).toBe('file.type_not_allowed');
      });
    await leavesNothing(() => put(Buffer.concat([picture, Buffer.alloc(1024 * 1024)])).expect(413));
  });

  it('stands on invoices and on the pay page', async () => {
    const { id: studentId } = await nord.enrol('logo@nord.example');
    const gross = { amount: 65_000, currency: 'DKK' };
    await nord.owner.post('/charges', { studentId, description: 'Bog', gross, vatRateBp: 2500 }).expect(201);
    const { body: invoice } = await nord.owner.post('/invoices', { studentId }).expect(201);
    const paper = async () =>
      (await raw(nord.owner.get(`/invoices/${invoice.id}/pdf`)).expect(200)).body.toString('latin1');
    expect(await paper()).not.toContain('/Subtype /Image');
    const { url } = (await nord.owner.post(`/invoices/${invoice.id}/pay-link`, {}).expect(201)).body;
    const page = new URL(url).pathname;
    expect((await test.http.get(page).expect(200)).text).not.toContain('<img');
    await test.http.get(`${page}/logo`).expect(404);

    const picture = pngOf(300, 100);
    await put(picture).expect(200);
    expect(await paper()).toContain('/Subtype /Image');
    expect((await test.http.get(page).expect(200)).text).toContain(`<img class="logo" src="${page}/logo" alt="" />`);
    expect((await raw(test.http.get(`${page}/logo`)).expect(200)).body.equals(picture)).toBe(true);
    await test.http.get('/pay/xxxxxxxxxxxxxxxxxxxxxx/logo').expect(404);

    // The bytes are gone: the invoice comes all the same.
    await rm(test.filesFolder, { recursive: true });
    await mkdir(test.filesFolder);
    expect(await paper()).not.toContain('/Subtype /Image');
  });
});
