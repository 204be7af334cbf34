// The world of the pictures: always the same keys, requests and instant, so that two runs show the same.
import { send } from './latchkey.mjs';

const secret = (name) => `${name}ExampleOfThePictures`.padEnd(64, '0');

/** What the file `seed` of the pictures' latchkey holds: a team's keys, of which some end soon. */
export const seed = {
  rockset: {
    users: [{ email: 'olivia@me.com' }, { email: 'ben@me.com' }],
    keys: [
      { owner: 'olivia@me.com', name: 'nightly', secret: secret('nightly'), expiresIn: '2h' },
      { owner: 'olivia@me.com', name: 'laptop', secret: secret('laptop'), expiresIn: '30m' },
      { owner: 'ben@me.com', name: 'ci', secret: secret('ci'), expiresIn: '26h' },
      { owner: 'ben@me.com', name: 'paused', secret: secret('paused'), state: 'suspended' },
      { owner: 'ben@me.com', name: 'rotated', secret: secret('rotated'), state: 'revoked' },
    ],
  },
};

/** Requests that end differently; the last is that of a key which has just expired. */
export async function use(latchkey) {
  const ask = (header, path, method = 'GET') => send(`${latchkey.url}${path}`, { method, headers: header });
  const rockset = (name) => ({ authorization: `ApiKey ${secret(name)}`, 'user-agent': 'python-requests/2.32' });
  const { estuary, whylabs } = await latchkey.call('GET', '/_latchkey/credentials');
  const presenting = ({ credentials }, name) => {
    const { header } = credentials.find((one) => one.name === name);
    return { [header.name]: header.value, 'user-agent': 'curl/8.5.0' };
  };
  await ask(rockset('nightly'), '/v1/orgs/self');
  await ask(presenting(estuary, 'alice'), '/viewer');
  await ask(presenting(whylabs, 'user'), '/v1/api-key/validate');
  await ask(rockset('rotated'), '/v1/orgs/self');
  await ask(rockset('paused'), '/v1/orgs/self/users/self/apikeys');
  await ask(rockset('laptop'), '/v1/orgs/self');
  await latchkey.call('PUT', '/_latchkey/clock', { now: '2030-01-01T00:30:00.001Z' });
  await ask(rockset('laptop'), '/v1/orgs/self');
}
