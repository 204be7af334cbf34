import { expect, vi } from 'vitest';
import { type Demand, Trace } from '../../src/http/trace.ts';

type Send = () => PromiseLike<{ readonly status: number }>;

/** What is demanded of the key of one request, as its trace has it afterwards. */
export async function demandsOf(send: Send): Promise<readonly Demand[]> {
  const noting = vi.spyOn(Trace.prototype, 'noteDemand');
  try {
    await send();
    const [trace, ...others] = new Set<unknown>(noting.mock.contexts);
    expect(others).toEqual([]);
    return trace instanceof Trace ? trace.demands : [];
  } finally {
    noting.mockRestore();
  }
}

/** The kinds of demands of which it is enough to grant all, so that a refused request is let through. */
export async function kindsInTheWay(send: Send): Promise<readonly Demand['kind'][]> {
  expect((await send()).status).toBe(403);
  const kinds: Demand['kind'][] = [];
  for (const kind of ['role', 'tenant', 'owner'] as const) {
    if ((await granting(kind, send)).status !== 403) kinds.push(kind);
  }
  return kinds;
}

/** What is answered if every demand of a kind is granted: demands are noted before they are judged. */
export async function granting<Answer>(kind: Demand['kind'], send: () => PromiseLike<Answer>): Promise<Answer> {
  const noting = vi.spyOn(Trace.prototype, 'noteDemand').mockImplementation((demand) => {
    if (demand.kind === kind) Object.assign(demand, { granted: true });
  });
  try {
    return await send();
  } finally {
    noting.mockRestore();
  }
}

export function role(required: string, granted: boolean): Demand {
  return { kind: 'role', required, granted };
}

export function tenant(required: string, granted: boolean): Demand {
  return { kind: 'tenant', required, granted };
}

export function owner(required: string, granted: boolean): Demand {
  return { kind: 'owner', required, granted };
}
