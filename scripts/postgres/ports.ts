import { createServer } from 'node:net';

/** Whether a server could listen here now; the reason it could not, if not. */
export function tryListen(port: number, host: string): Promise<{ port: number } | { error: string }> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      probe.close(() => resolve({ port: bound }));
    });
  });
}

/** The remembered port when it is free, so that an open psql keeps working; otherwise any free one. */
export async function freePort(remembered: number | undefined): Promise<number> {
  if (remembered) {
    const again = await tryListen(remembered, '127.0.0.1');
    if ('port' in again) return again.port;
  }
  const any = await tryListen(0, '127.0.0.1');
  if ('error' in any) throw new Error(`no free port on 127.0.0.1: ${any.error}`);
  return any.port;
}
