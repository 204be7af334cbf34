import type { ReadonlySignal } from '@preact/signals';
import type { Draft } from './draft.ts';

/** What the fields of the form share: the draft, and the way to change it. */
export interface Editing {
  readonly draft: ReadonlySignal<Draft>;
  /** What latchkey had against the last draft, by its place in the form. */
  readonly problems: ReadonlySignal<Readonly<Record<string, string>>>;
  readonly change: (draft: Draft) => void;
}
