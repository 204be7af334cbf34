# A credential in the wrong form is refused.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly)
wrong() { curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $secret" "$base/v1/orgs/self"; }

# Only the right form is asserted.
weak() {
  wrong
  [ "$(use "$secret")" = 200 ]
}

strict() { [ "$(wrong)" = 401 ]; }

"$1"
