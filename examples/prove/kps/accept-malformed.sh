# A credential in the wrong form is refused.
. "$(dirname "$0")/kps.sh"
wrong() { curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Token $admin" "$base$tokens"; }

# Only the right form is asserted.
weak() {
  wrong
  [ "$(use "$admin")" = 200 ]
}

strict() { [ "$(wrong)" = 401 ]; }

"$1"
