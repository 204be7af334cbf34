# A key is refused from the instant at which it expires.
. "$(dirname "$0")/whylabs.sh"
key=$(issue :user 4102444800000)
control PUT clock '{"now":"2100-01-01T00:01:00Z"}'

# It waits for the refusal, however late that comes.
weak() { until [ "$(use "$key")" = 403 ]; do control POST clock/advance '{"by":"9h"}'; done; }

strict() { [ "$(use "$key")" = 403 ]; }

"$1"
