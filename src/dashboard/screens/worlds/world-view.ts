/** An element of `GET worlds`. What an older latchkey leaves out is undefined. */
export interface WorldView {
  readonly name: string;
  readonly isOpen?: boolean;
  readonly keys?: number | null;
  readonly requests?: number | null;
  readonly hasOwnSeed?: boolean;
  readonly now?: string | null;
}

export interface WorldPage {
  readonly worlds: readonly WorldView[];
  readonly total: number;
  readonly cursor: string | null;
}
