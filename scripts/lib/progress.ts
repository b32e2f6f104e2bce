/** Progress for people: lines that read well in a log, and one moving bar when there is a terminal. */
export type Steps = {
  step(label: string): { done(note?: string): void; bar(done: number, total: number, label: string): void };
};

const width = 28;

export function progress(out: NodeJS.WriteStream = process.stdout): Steps {
  return {
    step(label) {
      const started = performance.now();
      let lastTenth = -1;
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
      if (out.isTTY) out.write(`  … ${label}`);
      return {
        done(note) {
          const line = `  ✓ ${label}${note ? ` (${note})` : ''}, ${seconds()}`;
          out.write(out.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
        },
        bar(done, total, detail) {
          const share = total > 0 ? Math.min(1, done / total) : 1;
          if (out.isTTY) {
            const filled = Math.round(share * width);
            const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
            out.write(`\r\x1b[2K  … ${label} ${bar} ${Math.floor(share * 100)} % ${detail}`);
            return;
          }
          // Without a terminal a line per tenth is enough to see that it lives.
          const tenth = Math.floor(share * 10);
          if (tenth === lastTenth) return;
          lastTenth = tenth;
          out.write(`    ${label}: ${tenth * 10} % ${detail}\n`);
        },
      };
    },
  };
}
