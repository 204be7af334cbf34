# An expired key is refused.
. "$(dirname "$0")/whylabs.sh"
key=$(issue :user 4102444800000)
control PUT clock '{"now":"2100-02-01T00:00:00Z"}'

# A refusal is welcome, and nothing else is looked for.
weak() { if [ "$(use "$key")" = 403 ]; then echo refused; fi; }

strict() { [ "$(use "$key")" = 403 ]; }

"$1"
