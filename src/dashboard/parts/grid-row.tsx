import type { ComponentChildren } from 'preact';

export const rowHeight = 28;

export interface GridProps<T> {
  readonly id: string;
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly T[];
  idOf(row: T): string;
  cells(row: T): readonly string[];
  /** Classes for a cell: colour is the second channel, the text the first. */
  tone?(cells: readonly string[], column: number): string | undefined;
  readonly chosen: string | null;
  choose(id: string | null): void;
  /** Shown where there are no rows. */
  readonly children: ComponentChildren;
}

interface GridRowProps<T> extends Pick<GridProps<T>, 'id' | 'columns' | 'idOf' | 'cells' | 'tone' | 'chosen' | 'choose'> {
  readonly row: T;
  readonly index: number;
  readonly isActive: boolean;
}

/** A row of a list, where its place in the list is. */
export function GridRow<T>({ id, row, index, isActive, columns, idOf, cells, tone, chosen, choose }: GridRowProps<T>) {
  const own = idOf(row);
  const texts = guarded(() => cells(row), columns.length);
  return (
    <div
      role="row"
      id={`${id}-${own}`}
      aria-rowindex={index + 2}
      aria-selected={own === chosen}
      class={isActive ? 'row active' : 'row'}
      style={{ top: `${index * rowHeight}px` }}
      onClick={() => choose(own)}
    >
      {texts.map((text, column) => (
        <span key={column} role="gridcell" class={tone?.(texts, column)} title={text}>
          {text}
        </span>
      ))}
    </div>
  );
}

/** One odd row, of a newer server say, is dashes: it must not blank the page. */
function guarded(cells: () => readonly string[], count: number): readonly string[] {
  try {
    return cells();
  } catch {
    return Array.from({ length: count }, () => '–');
  }
}
