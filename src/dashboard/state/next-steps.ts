import type { Verdict } from '../../client/types.ts';

/** What a person can do about an answer. */
export type Step =
  | 'last moment'
  | 'successor'
  | 'resume'
  | 'open world'
  | 'base url'
  | 'header'
  | 'introspect'
  | 'show key'
  | 'show fault'
  | 'supported'
  | 'response'
  | 'real answer';

/** What is offered for each verdict, the likeliest first. */
const offered: Readonly<Record<Verdict | 'mutated', readonly Step[]>> = {
  answered: ['response'],
  injected: ['show fault'],
  'no credential': ['header'],
  'credential unreadable': ['header'],
  'key of another provider': ['base url'],
  'key of another world': ['open world'],
  'right key, stray characters': ['header'],
  'right key, wrong scheme': ['header'],
  'key unknown': ['introspect'],
  'key not seen yet': ['show fault'],
  'key expired': ['last moment', 'successor'],
  'key suspended': ['resume'],
  'key revoked': ['successor'],
  'principal gone': ['show key'],
  'not permitted': ['show key'],
  'operation not emulated': ['supported'],
  'no such operation': ['supported'],
  'no provider': ['supported'],
  'no world': ['open world'],
  'not a request': [],
  'refused by the operation': ['response'],
  'client gone': [],
  failed: ['response'],
  mutated: ['real answer', 'response'],
};

/** What to do next. A verdict of a newer server has the response opened. */
export function stepsFor(verdict: string): readonly Step[] {
  const found = Object.entries(offered).find(([name]) => name === verdict);
  return found === undefined ? ['response'] : found[1];
}
