// A real server on a folder of its own, whose day the test chooses; stopped and started again like by an operator.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = process.env.OTKLIK_BIN ?? join(import.meta.dirname, '../../../target/fast/otklik');

export class Server {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly address: string,
  ) {}

  /** A server with an empty folder, not started yet. */
  static async prepare(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'otklik-'));
    return new Server(folder, `http://127.0.0.1:${await freePort()}`);
  }

  /** Starts on the given day (today by default), with settings from the environment, and returns what the server printed about how to get in. */
  async start(today?: string, settings: Record<string, string> = {}): Promise<string> {
    const day = today ? ['--today', today] : [];
    const listen = ['--listen', this.address.replace('http://', '')];
    const child = spawn(binary, ['--data', this.folder, 'serve', ...listen, ...day], {
      env: { ...process.env, ...settings, LANG: 'en' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = child;
    return new Promise((resolve, reject) => {
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const address = printed.split('\n').find((line) => line.includes(this.address));
        if (address) resolve(address.slice(address.indexOf('http')).trim());
      });
      child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${printed}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await closed;
    this.process = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
