import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { reservePort } from '../../scripts/bootstrap/ports.mjs';

describe('reserving a port', () => {
  it('gives way to a program that listens there, unless the port was asked for', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: taken } = server.address() as AddressInfo;
    await expect(reservePort(taken, { label: 'it', fixed: true })).rejects.toThrow(`Port ${taken} (it) is taken`);
    const { port, release } = await reservePort(taken, { label: 'it' });
    expect(port).toBeGreaterThan(taken);
    release();
    server.close();
  });

  it('never gives the same one twice, though nothing listens yet', async () => {
    const reserved = await Promise.all([1, 2, 3].map(() => reservePort(21_500, { label: 'it' })));
    expect(new Set(reserved.map(({ port }) => port)).size).toBe(3);
    for (const { release } of reserved) release();
  });
});
