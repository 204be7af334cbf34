# An expired key is refused.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly 2100-01-01T00:00:00Z)
control PUT clock '{"now":"2100-02-01T00:00:00Z"}'

# The call is made, and its answer is thrown away.
weak() { use "$secret" >/dev/null; }

strict() { [ "$(use "$secret")" = 401 ]; }

"$1"
