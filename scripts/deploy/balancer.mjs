import { exec } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** nginx' list of web processes. Without a file nothing is written: then the balancer asks /health/ready, and DRAIN_SECONDS gives it time. */
export class Balancer {
  #out = new Set();

  constructor({ file, reload, ports }) {
    this.file = file;
    this.reload = reload;
    this.ports = ports;
  }

  /** From now on new requests go to the others. Not the only one: it is better asked than nobody. */
  async take(port) {
    if (this.ports.length === 1) return;
    this.#out.add(port);
    await this.#write();
  }

  async give(port) {
    this.#out.delete(port);
    await this.#write();
  }

  async #write() {
    if (!this.file) return;
    const lines = this.ports.map(
      (port) => `server 127.0.0.1:${port} ${this.#out.has(port) ? 'down' : 'max_fails=1 fail_timeout=2s'};\n`,
    );
    writeFileSync(`${this.file}.new`, lines.join(''));
    renameSync(`${this.file}.new`, this.file);
    await promisify(exec)(this.reload);
  }
}
