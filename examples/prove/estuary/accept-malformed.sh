# A credential in the wrong form is refused.
. "$(dirname "$0")/estuary.sh"
wrong() { curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: $alice" "$base/viewer"; }

# Only the right form is asserted.
weak() {
  wrong
  [ "$(use $alice)" = 200 ]
}

strict() { [ "$(wrong)" = 401 ]; }

"$1"
