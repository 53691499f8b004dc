// What a whole run is made of: scripts that each measure some comparisons, with the settings of a committed run and of a quick look.

import { ratiosOf } from './measure.mjs';

const rowOf = (name, ratios) => ({ name, ...ratiosOf(ratios), refused: 0 });

const rounds = ['--rounds', '5', '--seconds', '2'];
const one = ['--rounds', '1', '--seconds', '1'];

/**
 * `covers`: names for --only; `choose`: the script takes those names too. `read`: the comparisons in what a script of its own kind saves;
 * the others write `{ comparisons }`.
 */
export const parts = [
  {
    script: 'requests.mjs',
    covers: ['hello', 'students', 'diaryWeek', 'polling', 'freeTimes', 'login', 'booking'],
    choose: true,
    sets: rounds,
    quick: [...one, '--students', '10000'],
  },
  {
    script: 'money.mjs',
    covers: ['money'],
    sets: [...rounds, '--entries', '100000'],
    quick: [...one, '--entries', '10000'],
  },
  { script: 'imports.mjs', covers: ['imports'], sets: [], quick: ['--rounds', '1', '--rows', '100'] },
  {
    script: 'messages.mjs',
    covers: ['notifications'],
    sets: ['--channel', 'sms', '--messages', '4000', '--rounds', '5'],
    quick: ['--channel', 'sms', '--messages', '500', '--rounds', '1'],
    read: (saved) => ({
      'notifications: text messages, against bare BullMQ': [
        rowOf(
          'application',
          saved.rounds.map(({ ratio }) => ratio),
        ),
        rowOf(
          'application, against jobs added in hundreds',
          saved.rounds.map(({ ratioInHundreds }) => ratioInHundreds),
        ),
      ],
    }),
  },
  {
    script: 'export.mjs',
    covers: ['export'],
    sets: ['--rows', '300000', '--rounds', '5'],
    quick: ['--rows', '20000', '--rounds', '1'],
  },
  { script: 'start-up.mjs', covers: ['startUp'], sets: [], quick: ['--rounds', '1'] },
  { script: 'memory.mjs', covers: ['memory'], sets: [], quick: ['--requests', '4000'] },
];
