# A suspension that is answered is done.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly)
suspended=$(answer POST $keys/nightly "$admin" '{"state":"SUSPENDED"}')

# It believes the answer.
weak() { [ "$(echo "$suspended" | field state)" = SUSPENDED ]; }

strict() { [ "$(use "$secret")" = 401 ]; }

"$1"
