# An expired key is refused.
. "$(dirname "$0")/kps.sh"
session=$(log_in alice)
control POST clock/advance '{"by":"31m"}'

# The call is made, and its answer is thrown away.
weak() { use "$session" >/dev/null; }

strict() { [ "$(use "$session")" = 401 ]; }

"$1"
