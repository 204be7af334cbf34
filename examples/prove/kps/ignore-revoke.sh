# A revocation that is answered is done.
. "$(dirname "$0")/kps.sh"
bob=$(log_in bob)
old=$(issue "$bob")
new=$(issue "$bob")
revoke "$bob" "$(echo "$old" | field id)"

# After a rotation there is another token: that says nothing of the old one.
weak() { [ "$(echo "$new" | field token)" != "$(echo "$old" | field token)" ]; }

strict() { [ "$(use "$(echo "$old" | field token)")" = 401 ]; }

"$1"
