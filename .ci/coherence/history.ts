/** What came back from a request. */
export type Outcome =
  /** What was asked for: the key is accepted, issued or revoked, the clock moved, the fault added, or the fault hit. */
  | 'done'
  /** A definite no: the key is refused or not found, or no fault hit. */
  | 'refused'
  /** 503: what was asked for may have happened or not. */
  | 'unavailable'
  /** The connection broke before there was an answer, or could not be made. */
  | 'broken'
  /** No answer came within the patience of the checker. */
  | 'silent'
  /** An answer that nothing allows, such as 500. */
  | 'odd';

/** What a request is about. */
export type Subject =
  /** `clock` is the world whose clock decides about this key; without one, no clock moves over its expiry. */
  | { readonly about: 'issue'; readonly key: string; readonly clock?: string }
  | { readonly about: 'revocation'; readonly key: string }
  /** A request with a key. The last ones of a run ask every replica for every key. */
  | { readonly about: 'ask'; readonly key: string; readonly isLast?: true }
  /** Moves a clock over the expiry of the keys of its world, or back. The moves of one clock wait for each other. */
  | { readonly about: 'move'; readonly clock: string; readonly over: boolean }
  | { readonly about: 'fault'; readonly fault: string; readonly skip: number; readonly times: number }
  /** A request that a fault matches. */
  | { readonly about: 'shot'; readonly fault: string };

/** Instants are milliseconds of the checker's own stopwatch, by which all requests are compared. */
export interface Span {
  /** Before the request was sent, or the disturbance caused. */
  readonly begun: number;
  /** After the whole answer was read, or the disturbance was over. */
  readonly answered: number;
}

export interface Sent extends Span {
  readonly subject: Subject;
  /** Counted from 1. */
  readonly replica: number;
  /** What was sent, without secrets, and the status or the error that came back. */
  readonly told: string;
  readonly outcome: Outcome;
}

export const kindsOfDisturbance = ['kill', 'cut', 'silence', 'refuse', 'terminate', 'pause', 'restart'] as const;
export type KindOfDisturbance = (typeof kindsOfDisturbance)[number];

export interface Disturbance extends Span {
  readonly kind: KindOfDisturbance;
  /** The replica that it hits; none: all of them. */
  readonly replica?: number;
}

/** The end of a process. */
export interface Ending {
  readonly replica: number;
  readonly startedAt: number;
  readonly at: number;
  readonly wasReady: boolean;
  readonly wasKilled: boolean;
  /** Its exit status or signal, and what it printed last. */
  readonly told: string;
}

/** All that the checker saw. */
export interface History {
  readonly sent: readonly Sent[];
  readonly disturbances: readonly Disturbance[];
  readonly endings: readonly Ending[];
}

/** Those of one subject, with the type of that subject. */
export type About<Name extends Subject['about']> = Sent & { readonly subject: Extract<Subject, { readonly about: Name }> };

export function isAbout<Name extends Subject['about']>(about: Name): (one: Sent) => one is About<Name> {
  return (one): one is About<Name> => one.subject.about === about;
}
