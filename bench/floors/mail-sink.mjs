// A mail server that takes everything, keeps nothing, and says over HTTP how many messages it was given. `/trouble` and `/peace` turn it.
import { createServer as http } from 'node:http';
import { createServer as tcp } from 'node:net';

let taken = 0;
let inTrouble = false;

const smtp = tcp((socket) => {
  let text = '';
  let isBody = false;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (;;) {
      const end = text.indexOf(isBody ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const line = isBody ? '.' : text.slice(0, end).toUpperCase();
      text = text.slice(end + (isBody ? 5 : 2));
      socket.write(`${answer(line)}\r\n`);
      isBody = !isBody && line === 'DATA' && !inTrouble;
    }
  });
});

function answer(line) {
  if (line === '.') return `250 ${(taken += 1)}`;
  if (inTrouble) return '421 come back later';
  if (line.startsWith('EHLO')) return '250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8';
  if (line === 'DATA') return '354 go on';
  return line === 'QUIT' ? '221 bye' : '250 ok';
}

smtp.listen(0, '127.0.0.1', () => {
  http(({ url }, response) => {
    if (url === '/trouble' || url === '/peace') inTrouble = url === '/trouble';
    response.end(JSON.stringify({ port: smtp.address().port, taken }));
  }).listen(Number(process.env.PORT), '127.0.0.1');
});
