# A key is refused from the instant at which it expires.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly 2100-01-01T00:00:00Z)
control PUT clock '{"now":"2100-01-01T00:01:00Z"}'

# It waits for the refusal, however late that comes.
weak() { until [ "$(use "$secret")" = 401 ]; do control POST clock/advance '{"by":"9h"}'; done; }

strict() { [ "$(use "$secret")" = 401 ]; }

"$1"
