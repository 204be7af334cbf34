# A key works to its last instant.
. "$(dirname "$0")/kps.sh"
control POST clock/freeze
control PUT clock '{"now":"2100-01-01T00:00:00Z"}'
session=$(log_in alice)
control POST clock/advance '{"by":"30m"}'

# That it is refused afterwards says nothing of the instant itself.
weak() {
  use "$session"
  control POST clock/advance '{"by":"1s"}'
  [ "$(use "$session")" = 401 ]
}

strict() { [ "$(use "$session")" = 200 ]; }

"$1"
