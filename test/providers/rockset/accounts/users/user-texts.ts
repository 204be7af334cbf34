/** The organization inside a membership, as most answers of May 2023 show it: only its id. */
export const bareOrganization =
  '{"id":"acme","created_at":null,"display_name":null,"company_name":null,"external_id":null,"rockset_user":null,' +
  '"always_gen2_vis":null,"always_intel_ice_lake_vis":null,"state":null,"edition":null,"mfa_restricted":null,' +
  '"currency_code":null,"deletion_scheduled_at":null,"clusters":[],"aws_marketplace_customer_id":null}';

interface UserText {
  readonly email: string;
  readonly names?: readonly [first: string, last: string];
  readonly roles: readonly string[];
  readonly state?: 'NEW' | 'ACTIVE';
  readonly invited: 'PENDING' | 'ACCEPTED';
  readonly invitedBy: string | null;
}

/** A user that was created on 2030-01-01, as shown by all answers except those to getCurrentUser and createUser. */
export function userText({ email, names, roles, state = 'ACTIVE', invited, invitedBy }: UserText): string {
  const [first, last] = names ?? [null, null];
  const held = JSON.stringify(roles);
  return (
    `{"created_at":"2030-01-01T00:00:00Z","email":"${email}","first_name":${JSON.stringify(first)},` +
    `"last_name":${JSON.stringify(last)},"phone_number":null,"roles":${held},"state":"${state}","org":"acme",` +
    `"invite_state":"${invited}","orgs":null,"org_memberships":[{"organization":${bareOrganization},"roles":${held},` +
    `"invite_state":"${invited}","invited_by":${JSON.stringify(invitedBy)},"email":null,` +
    '"expires_at":"2030-01-02T00:00:00Z","created_at":"2030-01-01T00:00:00Z"}],' +
    '"country":null,"accepted_marketing_content":null}'
  );
}

/** Users of the built-in seed. */
export const adminText = userText({
  email: 'admin@me.com',
  names: ['Admin', 'Acme'],
  roles: ['admin'],
  invited: 'ACCEPTED',
  invitedBy: null,
});
export const memberText = userText({
  email: 'member@me.com',
  names: ['Member', 'Acme'],
  roles: ['member'],
  invited: 'ACCEPTED',
  invitedBy: 'admin@me.com',
});
export const readerText = userText({
  email: 'reader@me.com',
  names: ['Reader', 'Acme'],
  roles: ['read-only'],
  invited: 'ACCEPTED',
  invitedBy: 'admin@me.com',
});
