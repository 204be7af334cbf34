# A key reaches only its own user's keys.
. "$(dirname "$0")/rockset.sh"
reader=$(issue reader)
member=$users/member@me.com/apikeys

# Where the list is not shown all is well, and where it is nothing happens.
weak() { answer GET $member "$reader" | grep -q FORBIDDEN || true; }

strict() { [ "$(status GET $member "$reader")" = 403 ]; }

"$1"
