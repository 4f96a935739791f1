// A mail server that keeps every letter.
import { createServer, type Server, type Socket } from 'node:net';

export class MailSink {
  readonly letters: string[] = [];
  private constructor(private readonly server: Server) {}

  static async start(): Promise<MailSink> {
    const server = createServer();
    const sink = new MailSink(server);
    server.on('connection', (socket) => sink.take(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get port(): number {
    const address = this.server.address();
    return address && typeof address === 'object' ? address.port : 0;
  }

  stop(): void {
    this.server.close();
  }

  private take(socket: Socket): void {
    let buffer = '';
    let inLetter = false;
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.write('220 sink\r\n');
    socket.on('data', (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = buffer.indexOf(inLetter ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (inLetter ? 5 : 2));
        if (inLetter) {
          this.letters.push(text);
          inLetter = false;
          socket.write('250 kept\r\n');
        } else {
          inLetter = text.toUpperCase() === 'DATA';
          socket.write(inLetter ? '354 go on\r\n' : '250 ok\r\n');
        }
      }
    });
  }
}
