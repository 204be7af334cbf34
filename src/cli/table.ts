export type Colour = 'green' | 'yellow' | 'red';

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** A cell of a table, and its colour if it has one. */
export type Cell = string | { readonly text: string; readonly colour: Colour };

const plain: Paint = (_colour, text) => text;

/** Rows of text below a heading, with aligned columns. */
export function table(heading: readonly string[], rows: readonly (readonly Cell[])[], paint: Paint = plain): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => textOf(row[column] ?? '').length)));
  return `${all.map((row) => line(row, widths, paint)).join('\n')}\n`;
}

/** One row, with columns of these widths. */
export function line(row: readonly Cell[], widths: readonly number[], paint: Paint = plain): string {
  const cells = row.map((cell, column) => {
    const text = textOf(cell).padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0));
    return typeof cell === 'string' ? text : paint(cell.colour, text);
  });
  return cells.join('  ').trimEnd();
}

function textOf(cell: Cell): string {
  // Names come from clients, and a terminal obeys control characters.
  return (typeof cell === 'string' ? cell : cell.text).replaceAll(/\p{Cc}/gu, '?');
}
