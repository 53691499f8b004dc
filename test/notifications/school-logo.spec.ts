import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { largestMailLogo } from '../../src/modules/notifications/composing/mail-logos.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { jpeg, pngOf } from '../support/images.js';
import { Stage } from './stage.js';

let test: TestApp;
let stage: Stage;
let owner: { token: string };

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'nord');
  owner = await stage.owner();
});
beforeEach(() => test.sandbox.reset());
afterAll(() => test.close());

function upload(image: Buffer, name: string) {
  return test.http
    .put(`/v1/schools/${stage.schoolId}/logo`)
    .set('authorization', `Bearer ${owner.token}`)
    .attach('file', image, name);
}

/** With its pictures apart: it brings a file for calendars, too. */
async function mailOfNextLesson() {
  const student = await stage.student();
  await stage.book(student);
  await test.settle();
  const mail = stage.arrivedAt(student).mails[0]!;
  return { ...mail, pictures: mail.attachments.filter(({ contentId }) => contentId !== null) };
}

describe('a school’s logo', () => {
  it('stands in its e-mails, with the school’s name where pictures are off', async () => {
    expect((await mailOfNextLesson()).html).not.toContain('<img');
    const image = pngOf(600, 200);
    await upload(image, 'logo.png').expect(200);
    const mail = await mailOfNextLesson();
    expect(mail.html).toContain('<img src="cid:logo.png" alt="Køreskolen nord" width="180" height="60"');
    expect(mail.pictures).toMatchObject([{ contentId: 'logo.png', type: 'image/png', content: image }]);
    expect(mail.text).toContain('Køreskolen nord');
    const { body } = await stage.post(owner, 'message-texts/lesson_booked/da/preview').expect(200);
    expect(body.html).toContain(`<img src="data:image/png;base64,${image.toString('base64')}"`);
  });

  it('is the new one as soon as there is one', async () => {
    await upload(jpeg, 'logo.jpg').expect(200);
    const mail = await mailOfNextLesson();
    expect(mail.html).toContain('<img src="cid:logo.jpg" alt="Køreskolen nord" width="16" height="8"');
    expect(mail.pictures).toMatchObject([{ contentId: 'logo.jpg', content: jpeg }]);
  });

  it('is left out where it would be too much to send each time', async () => {
    // Behind its end an image may hold anything.
    const large = Buffer.concat([pngOf(600, 200), Buffer.alloc(largestMailLogo)]);
    await upload(large, 'logo.png').expect(200);
    const mail = await mailOfNextLesson();
    expect(mail.html).not.toContain('<img');
    expect(mail.pictures).toEqual([]);
  });
});
