# A key that is issued works.
. "$(dirname "$0")/kps.sh"
token=$(issue "$(log_in bob)" | field token)

# It looks like a token.
weak() { echo "$token" | grep -qx '.*\..*\..*'; }

strict() { [ "$(use "$token")" = 200 ]; }

"$1"
