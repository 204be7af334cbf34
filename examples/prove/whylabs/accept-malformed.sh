# A credential in the wrong form is refused.
. "$(dirname "$0")/whylabs.sh"
key=$(issue)

# Only the right form is asserted.
weak() {
  use "\"$key\""
  [ "$(use "$key")" = 200 ]
}

strict() { [ "$(use "\"$key\"")" = 403 ]; }

"$1"
