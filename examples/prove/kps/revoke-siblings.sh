# A revocation ends one key only.
. "$(dirname "$0")/kps.sh"
bob=$(log_in bob)
old=$(issue "$bob")
new=$(issue "$bob")
revoke "$bob" "$(echo "$old" | field id)"

# Only the old token is looked at.
weak() { [ "$(use "$(echo "$old" | field token)")" = 401 ]; }

strict() { [ "$(use "$(echo "$new" | field token)")" = 200 ]; }

"$1"
