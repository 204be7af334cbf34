# A suspended key is refused.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly)
[ "$(status POST $keys/nightly "$admin" '{"state":"SUSPENDED"}')" = 200 ]

# Only that the key works again is asserted.
weak() {
  use "$secret"
  [ "$(status POST $keys/nightly "$admin" '{"state":"ACTIVE"}')" = 200 ]
  [ "$(use "$secret")" = 200 ]
}

strict() { [ "$(use "$secret")" = 401 ]; }

"$1"
