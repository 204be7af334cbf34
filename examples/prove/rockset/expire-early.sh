# A key works to its last instant.
. "$(dirname "$0")/rockset.sh"
secret=$(issue nightly 2100-01-01T00:00:00Z)
control POST clock/freeze
control PUT clock '{"now":"2100-01-01T00:00:00Z"}'

# That it is refused afterwards says nothing of the instant itself.
weak() {
  use "$secret"
  control POST clock/advance '{"by":"1ms"}'
  [ "$(use "$secret")" = 401 ]
}

strict() { [ "$(use "$secret")" = 200 ]; }

"$1"
