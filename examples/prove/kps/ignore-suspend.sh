# A suspension that is answered is done.
. "$(dirname "$0")/kps.sh"
bob=$(log_in bob)
issued=$(issue "$bob")

# It believes the answer.
weak() { set_active "$bob" "$issued" false; }

strict() {
  set_active "$bob" "$issued" false
  [ "$(use "$(echo "$issued" | field token)")" = 401 ]
}

"$1"
