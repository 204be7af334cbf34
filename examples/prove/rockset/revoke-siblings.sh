# A revocation ends one key only.
. "$(dirname "$0")/rockset.sh"
old=$(issue nightly)
new=$(issue nightly-2)
revoke nightly

# Only the old key is looked at.
weak() { [ "$(use "$old")" = 401 ]; }

strict() { [ "$(use "$new")" = 200 ]; }

"$1"
