import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type GridProps, GridRow, rowHeight } from './grid-row.tsx';

/** How many rows are drawn beyond what is seen. */
const spare = 6;

/** A list of any length: only the rows that are seen are there. One stop of the Tab key; the arrows go through it. */
export function Grid<T>(props: GridProps<T>) {
  const { id, label, columns, rows, idOf } = props;
  const { place, at, from, to, scroll, press, choose } = useWalk(props);
  const drawn = rows.slice(from, to)[at - from];
  return (
    <div class="holder">
      <div
        ref={place}
        class="grid"
        id={id}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        tabIndex={0}
        aria-activedescendant={drawn === undefined ? undefined : `${id}-${idOf(drawn)}`}
        onKeyDown={press}
        onScroll={scroll}
      >
        <Head columns={columns} />
        <Rows {...props} choose={choose} from={from} to={to} at={at} />
      </div>
      {rows.length === 0 && <div class="nothing">{props.children}</div>}
    </div>
  );
}

/** How far a list is scrolled, and which of its rows the arrows have reached. */
function useWalk<T>(props: GridProps<T>) {
  const { rows, idOf, chosen } = props;
  const place = useRef<HTMLDivElement>(null);
  const [top, height, active] = [useSignal(0), useSignal(400), useSignal<string | null>(chosen)];
  const at = rows.findIndex((row) => idOf(row) === (active.value ?? chosen));
  const { from, to } = seenRows(top.value, height.value);
  useHeight(place, height);
  const go = (to: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, to));
    const row = rows[next];
    if (row === undefined || place.current === null) return;
    active.value = idOf(row);
    place.current.scrollTop = shownAt(place.current, next);
  };
  const press = (event: KeyboardEvent) => pressed(event, { ...props, at, go, page: Math.floor(height.value / rowHeight) - 1 });
  const scroll = ({ currentTarget }: { readonly currentTarget: HTMLElement }) => {
    top.value = currentTarget.scrollTop;
  };
  const choose = (row: string | null) => {
    active.value = row;
    props.choose(row);
  };
  return { place, at, from, to, scroll, press, choose };
}

/** Which rows are seen, and some above and below. */
function seenRows(top: number, height: number) {
  return { from: Math.max(0, Math.floor(top / rowHeight) - spare), to: Math.ceil((top + height) / rowHeight) + spare };
}

interface RowsProps<T> extends GridProps<T> {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** The rows that are seen, in a box as high as all of them. */
function Rows<T>({ from, to, at, ...props }: RowsProps<T>) {
  const { rows, idOf } = props;
  return (
    <div role="rowgroup" class="rows" style={{ height: `${rows.length * rowHeight}px` }}>
      {rows.slice(from, to).map((row, place) => (
        <GridRow key={idOf(row)} {...props} row={row} index={from + place} isActive={from + place === at} />
      ))}
    </div>
  );
}

function Head({ columns }: { readonly columns: readonly string[] }) {
  return (
    <div role="row" aria-rowindex={1} class="row head">
      {columns.map((column) => (
        <span key={column} role="columnheader">
          {column}
        </span>
      ))}
    </div>
  );
}

/** Follows the height of an element. */
function useHeight(place: RefObject<HTMLElement | null>, height: Signal<number>): void {
  useEffect(() => {
    const seen = place.current;
    if (seen === null) return;
    const watch = new ResizeObserver(() => {
      height.value = seen.clientHeight;
    });
    watch.observe(seen);
    return () => watch.disconnect();
  }, [place, height]);
}

/** How far a list is scrolled so that a row can be seen, the head above it. */
function shownAt({ scrollTop, clientHeight }: HTMLElement, index: number): number {
  const above = index * rowHeight;
  const below = above + 2 * rowHeight - clientHeight;
  return Math.max(below, Math.min(scrollTop, above));
}

interface Pressed<T> extends GridProps<T> {
  readonly at: number;
  readonly page: number;
  go(to: number): void;
}

function pressed<T>(event: KeyboardEvent, { at, page, rows, go, idOf, choose }: Pressed<T>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows.length - 1,
  };
  const to = steps[event.key];
  const row = rows[at];
  if (to !== undefined) go(to);
  else if (event.key === 'Enter' && row !== undefined) choose(idOf(row));
  else return;
  event.preventDefault();
}
