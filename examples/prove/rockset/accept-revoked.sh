# A revoked key is refused.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly)
revoke nightly

# A refusal is welcome, and nothing else is looked for.
weak() { if [ "$(use "$secret")" = 401 ]; then echo refused; fi; }

strict() { [ "$(use "$secret")" = 401 ]; }

"$1"
