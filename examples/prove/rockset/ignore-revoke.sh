# A revocation that is answered is done.
. "$(dirname "$0")/rockset.sh"
old=$(issue nightly)
new=$(issue nightly-2)
revoke nightly

# After a rotation there is another secret: that says nothing of the old one.
weak() { [ "$new" != "$old" ] && [ "$(use "$new")" = 200 ]; }

strict() { [ "$(use "$old")" = 401 ]; }

"$1"
