# An expired key is refused.
. "$(dirname "$0")/estuary.sh"
key=$(issue 720h)
control POST clock/advance '{"by":"721h"}'

# A refusal is welcome, and nothing else is looked for.
weak() { if [ "$(use "$key")" = 401 ]; then echo refused; fi; }

strict() { [ "$(use "$key")" = 401 ]; }

"$1"
