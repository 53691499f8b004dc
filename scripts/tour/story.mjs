import { Caller } from './api.mjs';
import { bookALesson, cancelLessons, completeALesson, offerFreedTime, remind } from './lessons.mjs';
import { downloadJournal, invoiceAndPay } from './money.mjs';
import { OutsideWorld } from './outside-world.mjs';
import { tellEverybody } from './messages.mjs';
import { reachNeighbours } from './neighbours.mjs';
import { closePackage, sellAPackage } from './package.mjs';
import { closeUp, setUpSchool } from './school.mjs';
import { chapter, tell } from './script.mjs';

/**
 * All chapters.
 * @returns how many seconds it took
 */
export async function tour({ api, sandbox, owner }) {
  const started = Date.now();
  const stage = { anybody: new Caller(api), world: new OutsideWorld(sandbox), run: started.toString(36) };
  tell(`API ${api}, outside world ${sandbox}`);

  chapter(1, 'The owner sets up: a teacher, a car, a lesson type, two students');
  Object.assign(stage, await setUpSchool(stage, owner));
  try {
    chapter(2, 'A student finds a free time and books it; another comes too late');
    stage.lesson = await bookALesson(stage);

    chapter(3, 'Both parties are told, by e-mail and SMS, in Danish');
    await confirmations(stage);

    chapter(4, 'The lesson is invoiced and paid by card');
    stage.invoice = await invoiceAndPay(stage);

    chapter(5, 'A lesson is completed; another cancelled in time, a third too late');
    await completeALesson(stage);
    await cancelLessons(stage);

    chapter(6, 'A reminder goes out, once, and none for the cancelled lesson');
    await remind(stage);

    chapter(7, "The owner downloads the day's journal");
    await downloadJournal(stage);

    chapter(8, 'A cancelled time is offered to one who waits for it; the week of the diary');
    await offerFreedTime(stage);

    chapter(9, 'A package is sold, used by a lesson, and paid on the pay page');
    await sellAPackage(stage);

    chapter(10, 'The school finds its own words, tells everybody something, and Emil reads it in his app');
    await tellEverybody(stage);

    chapter(11, 'Another program hears of it, and the books are shown what they would get');
    await reachNeighbours(stage);
  } finally {
    await closePackage(stage);
    await closeUp(stage);
  }
  return Math.round((Date.now() - started) / 1_000);
}

async function confirmations({ world, sofie, teacher }) {
  for (const person of [sofie, teacher]) {
    await world.message(person.email, { kind: 'email', like: /booket|booking/i });
    await world.message(person.phone, { kind: 'sms', like: /Nordhavn.*booket/ });
  }
}
