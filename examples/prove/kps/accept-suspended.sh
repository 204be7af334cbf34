# A suspended key is refused.
. "$(dirname "$0")/kps.sh"
bob=$(log_in bob)
issued=$(issue "$bob")
token=$(echo "$issued" | field token)
set_active "$bob" "$issued" false

# Only that the token works again is asserted.
weak() {
  use "$token"
  set_active "$bob" "$issued" true
  [ "$(use "$token")" = 200 ]
}

strict() { [ "$(use "$token")" = 401 ]; }

"$1"
