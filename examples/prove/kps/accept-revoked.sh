# A revoked key is refused.
. "$(dirname "$0")/kps.sh"
bob=$(log_in bob)
issued=$(issue "$bob")
token=$(echo "$issued" | field token)
revoke "$bob" "$(echo "$issued" | field id)"

# A refusal is welcome, and nothing else is looked for.
weak() { if [ "$(use "$token")" = 401 ]; then echo refused; fi; }

strict() { [ "$(use "$token")" = 401 ]; }

"$1"
