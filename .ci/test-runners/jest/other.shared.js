const { useLatchkey } = require('latchkey/jest');

const latchkey = useLatchkey();

test('a file has a world of the latchkey of the run', async () => {
  const lk = latchkey();
  expect(lk.url.startsWith(`${process.env['LATCHKEY_URL']}/~`)).toBe(true);
  expect(Object.keys(lk.urls)).toEqual(['rockset']);
  expect(await lk.requests()).toEqual([]);
  await expect(fetch(`${lk.url}/v1/orgs/self/users/self/apikeys`)).toBeRefused('credential_missing');
});
