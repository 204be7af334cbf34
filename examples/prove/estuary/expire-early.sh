# A key works to its last instant.
. "$(dirname "$0")/estuary.sh"
control POST clock/freeze
key=$(issue 1h)
control POST clock/advance '{"by":"1h"}'

# That it is refused afterwards says nothing of the instant itself.
weak() {
  use "$key"
  control POST clock/advance '{"by":"1ms"}'
  [ "$(use "$key")" = 401 ]
}

strict() { [ "$(use "$key")" = 200 ]; }

"$1"
