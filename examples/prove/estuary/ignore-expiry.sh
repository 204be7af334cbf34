# A key expires when it was told to.
. "$(dirname "$0")/estuary.sh"
issued=$(answer POST "$keys?expiry=1h" $alice)

# It believes the answer.
weak() { [ -n "$(echo "$issued" | field expiry)" ]; }

strict() {
  control POST clock/advance '{"by":"2h"}'
  [ "$(use "$(echo "$issued" | field token)")" = 401 ]
}

"$1"
