import type { TestEmulator } from '../support/emulator.ts';

/** A key that the control plane issued, and the header that presents it. */
export interface IssuedKey {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: string | null;
  readonly header: { readonly name: string; readonly value: string };
}

/** Issues a key through the control plane, described as in a seed, in the world below a path. */
export async function issueKey({ request }: TestEmulator, description: object, world = ''): Promise<IssuedKey> {
  const { body } = await request.post(`${world}/_latchkey/keys`).send(description).expect(200);
  return { id: body.key.id, secret: body.secret, expiresAt: body.key.expiresAt, header: body.credential.header };
}
