export type Colour = 'green' | 'yellow' | 'red';

/** Colours a text, where somebody sees it. */
export type Paint = (colour: Colour, text: string) => string;

/** A word of a table, and the colour in which it is shown. */
export type Cell = string | { readonly text: string; readonly colour: Colour };

const plain: Paint = (_colour, text) => text;

/** Rows of text under a heading, columns aligned. */
export function table(heading: readonly string[], rows: readonly (readonly Cell[])[], paint: Paint = plain): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => textOf(row[column] ?? '').length)));
  return `${all.map((row) => line(row, widths, paint)).join('\n')}\n`;
}

/** One row, its columns of these widths. */
export function line(row: readonly Cell[], widths: readonly number[], paint: Paint = plain): string {
  const cells = row.map((cell, column) => {
    const text = textOf(cell).padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0));
    return typeof cell === 'string' ? text : paint(cell.colour, text);
  });
  return cells.join('  ').trimEnd();
}

function textOf(cell: Cell): string {
  // Names come from whoever issued a key: a terminal obeys some characters.
  return (typeof cell === 'string' ? cell : cell.text).replaceAll(/\p{Cc}/gu, '?');
}
