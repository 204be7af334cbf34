import { LatchkeyContainer } from 'latchkey/testcontainers';

export async function use(): Promise<string> {
  const container = await new LatchkeyContainer().withClock('2030-01-01T00:00:00Z').start();
  return (await container.connect()).credentials.rockset.admin.secret;
}
