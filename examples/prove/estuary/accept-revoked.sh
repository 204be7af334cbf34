# A revoked key is refused.
. "$(dirname "$0")/estuary.sh"
key=$(issue)
revoke "$key"

# The call is made, and its answer is thrown away.
weak() { use "$key" >/dev/null; }

strict() { [ "$(use "$key")" = 401 ]; }

"$1"
