# A key reaches only its own organisation.
. "$(dirname "$0")/whylabs.sh"
# WhyLabs has an organisation of its own.
other=/v0/organizations/0/models

# That the server does not break is less than that it refuses.
weak() { [ "$(status GET $other "$admin")" -lt 500 ]; }

strict() { [ "$(status GET $other "$admin")" = 403 ]; }

"$1"
