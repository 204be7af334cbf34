const { useLatchkey } = require('latchkey/jest');

const latchkey = useLatchkey({ clock: '2030-01-01T00:00:00Z' });

for (const name of ['ci', 'nightly']) {
  test(`the revoked key ${name} is refused`, async () => {
    const lk = latchkey();
    expect(await lk.requests()).toEqual([]);
    expect((await lk.clock.advance('1h')).now).toBe('2030-01-01T01:00:00.000Z');
    const { key, secret } = await lk.keys.issue({ provider: 'whylabs', organization: 'org-123', owner: 'user-123', name });
    await expect(secret).toBeAccepted();
    await lk.keys.revoke(key.id);
    await expect(fetch(`${lk.url}/v0/organizations/org-123/models`, { headers: { 'X-API-Key': secret } })).toBeRefused();
    await expect(secret).toBeRefused('key_revoked');
  });
}
