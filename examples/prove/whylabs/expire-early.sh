# A key works to its last instant.
. "$(dirname "$0")/whylabs.sh"
key=$(issue :user 4102444800000)
control POST clock/freeze
control PUT clock '{"now":"2100-01-01T00:00:00Z"}'

# That it is refused afterwards says nothing of the instant itself.
weak() {
  use "$key"
  control POST clock/advance '{"by":"1ms"}'
  [ "$(use "$key")" = 403 ]
}

strict() { [ "$(use "$key")" = 200 ]; }

"$1"
