# A revocation that is answered is done.
. "$(dirname "$0")/whylabs.sh"
old=$(issue)
new=$(issue)
revoke "$old"

# After a rotation there is another key: that says nothing of the old one.
weak() { [ "$new" != "$old" ] && [ "$(use "$new")" = 200 ]; }

strict() { [ "$(use "$old")" = 403 ]; }

"$1"
