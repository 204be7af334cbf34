# Another provider's key is refused.
. "$(dirname "$0")/rockset.sh"
estuary=EST00000000-0000-4000-8000-000000000002ARY

# A refusal is welcome, and nothing else is looked for.
weak() { if [ "$(use $estuary)" = 401 ]; then echo refused; fi; }

strict() { [ "$(use $estuary)" = 401 ]; }

"$1"
