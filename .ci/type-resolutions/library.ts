import { connect, type FaultDraft, type Latchkey, LatchkeyError, startLatchkey } from 'latchkey';

export async function use(): Promise<string> {
  const lk: Latchkey = await startLatchkey({ port: 0, profiles: { estuary: 'v0.4' }, seed: { estuary: {} } });
  const fault: FaultDraft = { match: { provider: 'rockset' }, effect: { status: 429, retryAfter: 2 } };
  await lk.faults.add(fault);
  const secret: string = lk.credentials.rockset.admin.secret;
  const { credential } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com' });
  for await (const { data } of lk.events({ types: ['clock'] })) console.log(data.now);
  await connect(lk.url).catch((error: unknown) => (error instanceof LatchkeyError ? error.code : undefined));
  return secret + credential.header.value;
}

// @ts-expect-error there is no such provider
export const wrong: FaultDraft = { match: { provider: 'rocket' }, effect: { status: 500 } };
