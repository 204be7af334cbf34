# A key is refused from the instant at which it expires.
. "$(dirname "$0")/estuary.sh"
key=$(issue 1h)
control POST clock/advance '{"by":"61m"}'

# It waits for the refusal, however late that comes.
weak() { until [ "$(use "$key")" = 401 ]; do control POST clock/advance '{"by":"9h"}'; done; }

strict() { [ "$(use "$key")" = 401 ]; }

"$1"
