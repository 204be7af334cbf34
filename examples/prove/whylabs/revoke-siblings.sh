# A revocation ends one key only.
. "$(dirname "$0")/whylabs.sh"
old=$(issue)
new=$(issue)
revoke "$old"

# Only the old key is looked at.
weak() { [ "$(use "$old")" = 403 ]; }

strict() { [ "$(use "$new")" = 200 ]; }

"$1"
