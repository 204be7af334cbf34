import { oneLine } from './words.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as HTML. What it brings of direction ends with it. */
export function shown(text: string): string {
  return `<bdi>${oneLine(text).replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '')}</bdi>`;
}

/** A text as HTML that has at most so many bytes, beside its marks; what is cut off is shown by an ellipsis. */
export function shownWithin(text: string, most: number): string {
  // No letter has less than a byte.
  const letters = [...oneLine(text.slice(0, most + 1))];
  let [bytes, kept, fitting] = [0, 0, 0];
  for (const letter of letters) {
    bytes += entities[letter]?.length ?? Buffer.byteLength(letter);
    if (bytes > most) return shown(`${letters.slice(0, fitting).join('')}…`);
    kept += 1;
    if (bytes + ellipsisBytes <= most) fitting = kept;
  }
  return shown(text);
}

const ellipsisBytes = 3;

/** A table, as HTML; `id` is that of its caption. */
export interface Table {
  readonly id: string;
  readonly caption: string;
  readonly heading: readonly string[];
  readonly rows: readonly string[];
}

/** A table in a box of its own, which is scrolled where the page is too narrow, by keyboard too. */
export function table({ id, caption, heading, rows }: Table): string {
  const head = heading.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="wide" role="group" tabindex="0" aria-labelledby="${id}">
<table><caption id="${id}">${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${rows.map((row) => `<tr>${row}</tr>`).join('\n')}
</tbody></table></div>`;
}
