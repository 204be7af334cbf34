# A key is refused from the instant at which it expires.
. "$(dirname "$0")/kps.sh"
session=$(log_in alice)
control POST clock/advance '{"by":"31m"}'

# It waits for the refusal, however late that comes.
weak() { until [ "$(use "$session")" = 401 ]; do control POST clock/advance '{"by":"9h"}'; done; }

strict() { [ "$(use "$session")" = 401 ]; }

"$1"
