import { connect } from '../../client/connect.ts';
import { readVersion } from '../../package.ts';
import type { RunLatchkey } from '../../prove/runner.ts';
import { type ServeSources, serve } from '../../server/serve.ts';
import { programEnvironment } from './program-environment.ts';

/** Starts a latchkey for one run of a command, which errs on purpose: `accept-revoked@rockset`, or not at all (`none`). */
export async function startForRun(sources: ServeSources, mutant: string): Promise<RunLatchkey> {
  const providers = new Set<string>();
  let requests = 0;
  const onRequest: ServeSources['onRequest'] = (_world, { provider }) => {
    requests += 1;
    if (provider !== null) providers.add(provider);
  };
  const args = [...sources.args, `--mutant=${mutant}`];
  const { emulator, config, shown } = await serve({ ...sources, args, onRequest }, readVersion());
  try {
    const { variables, dispose } = await programEnvironment(emulator, config, sources.env);
    return {
      env: variables,
      seen: () => ({ requests, providers: [...providers] }),
      mutant: async () => (await connect(emulator.url, config)).mutant(),
      shown,
      close: async () => {
        await emulator.close();
        await dispose();
      },
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}
