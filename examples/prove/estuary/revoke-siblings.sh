# A revocation ends one key only.
. "$(dirname "$0")/estuary.sh"
old=$(issue)
new=$(issue)
revoke "$old"

# Only the old key is looked at.
weak() { [ "$(use "$old")" = 401 ]; }

strict() { [ "$(use "$new")" = 200 ]; }

"$1"
