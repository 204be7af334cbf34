export type Colour = 'green' | 'yellow' | 'red';

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** A cell of a table, and its colour if it has one. */
export type Cell = string | { readonly text: string; readonly colour: Colour };

/** Where a table is printed. */
export interface Screen {
  readonly paint?: Paint;
  /** The width of the terminal; undefined: nothing is cut. */
  readonly columns?: number | undefined;
}

const plain: Paint = (_colour, text) => text;
const gap = '  ';
/** Columns that are copied into other commands. */
const uncut: ReadonlySet<string> = new Set(['ID', 'URL']);
const narrowest = 6;

/** Rows of text below a heading, with aligned columns. On a terminal the widest columns are cut so that a row is one line. */
export function table(heading: readonly string[], rows: readonly (readonly Cell[])[], { paint, columns }: Screen = {}): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => widthOf(textOf(row[column] ?? '')))));
  return `${all.map((row) => line(row, fitted(widths, heading, columns), paint)).join('\n')}\n`;
}

/** One row, with columns of these widths. The last one may be longer. */
export function line(row: readonly Cell[], widths: readonly number[], paint: Paint = plain): string {
  const cells = row.map((cell, column) => {
    const isLast = column === row.length - 1;
    const width = widths[column] ?? 0;
    const text = cutTo(textOf(cell), width);
    const padded = isLast ? text : text + ' '.repeat(Math.max(0, width - widthOf(text)));
    return typeof cell === 'string' ? padded : paint(cell.colour, padded);
  });
  return cells.join(gap).trimEnd();
}

/** Takes from the widest columns until a row fits. */
function fitted(widths: readonly number[], heading: readonly string[], columns = Infinity): readonly number[] {
  const fit = [...widths];
  const total = () => fit.reduce((sum, width) => sum + width, gap.length * (fit.length - 1));
  while (total() > columns) {
    const cuttable = fit.map((width, column) => (uncut.has(heading[column] ?? '') ? 0 : width));
    const widest = Math.max(...cuttable);
    if (widest <= narrowest) break;
    fit[cuttable.indexOf(widest)] = widest - 1;
  }
  return fit;
}

/** A text that is not wider than this; what is cut off is shown by an ellipsis. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = '';
  for (const letter of text) {
    if (widthOf(cut + letter) >= width) break;
    cut += letter;
  }
  return `${cut}\u2026`;
}

/** How many cells of a terminal a text takes: East Asian letters and emoji take two, marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /\p{M}|\p{Cf}/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return width;
}

const wide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/u;

function textOf(cell: Cell): string {
  // Names come from clients, and a terminal obeys control characters.
  return (typeof cell === 'string' ? cell : cell.text).replaceAll(/\p{Cc}/gu, '?');
}
