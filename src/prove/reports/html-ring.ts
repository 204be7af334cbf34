import type { ProveReport } from '../report.ts';
import { perCent } from './words.ts';

/** A ring of the killed, the survived and the untested, with the score in its middle. The table beside it says the same. */
export function ringOf({ score, counts }: ProveReport): string {
  const parts = ['killed', 'survived', 'untested'] as const;
  const all = parts.reduce((sum, part) => sum + counts[part], 0);
  let before = 0;
  const arcs = parts.map((part) => {
    const length = all === 0 ? 0 : (100 * counts[part]) / all;
    const arc = `<circle class="arc-${part}" cx="24" cy="24" r="20" pathLength="100" stroke-dasharray="${short(length)} ${short(100 - length)}" stroke-dashoffset="${short(25 - before)}"/>`;
    before += length;
    return length === 0 ? '' : arc;
  });
  const middle = perCent(score);
  const label = parts.map((part) => `${counts[part]} ${part}`).join(', ');
  return `<svg viewBox="0 0 48 48" role="img" aria-label="Score ${middle}: ${label}">
<circle cx="24" cy="24" r="20"/>${arcs.join('')}<text x="24" y="24">${middle}</text></svg>`;
}

const short = (value: number) => String(Number(value.toFixed(2)));
