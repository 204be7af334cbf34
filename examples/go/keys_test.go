package keys

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const (
	keys = "/v1/orgs/self/users/self/apikeys"
	self = "/v1/orgs/self"
	// The same in every world, unless a seed file says otherwise.
	admin = "admin0LatchkeySeed0000000000000000000000000000000000000000000000"
)

// said is what Rockset answers, without the data that no test looks at.
type said struct {
	Status        int
	Type, Message string
	Data          struct{ Key string } `json:"data"`
}

var unauthenticated = said{Status: 401, Type: "AUTHEXCEPTION", Message: "Authentication Failure"}
var forbidden = said{Status: 403, Type: "FORBIDDEN", Message: "Not authorized to perform this action"}

// ask does what your own code would do, told that Rockset is at lk.URL + "/rockset".
func ask(t *testing.T, lk *Latchkey, secret, method, path, body string) (answer said) {
	t.Helper()
	request, err := http.NewRequest(method, lk.URL+"/rockset"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if secret != "" {
		request.Header.Set("Authorization", "ApiKey "+secret)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	answer.Status = response.StatusCode
	return answer
}

func mint(t *testing.T, lk *Latchkey, expiry string) string {
	t.Helper()
	return ask(t, lk, admin, "POST", keys, `{"name":"nightly","role":"read-only"`+expiry+`}`).Data.Key
}

func works(t *testing.T, lk *Latchkey, secret string) {
	t.Helper()
	if answer := ask(t, lk, secret, "GET", self, ""); answer.Status != 200 {
		t.Errorf("the key does not work: %+v", answer)
	}
}

func refused(t *testing.T, expected, answer said) {
	t.Helper()
	if answer != expected {
		t.Errorf("expected %+v, not %+v", expected, answer)
	}
}

func TestAKeyWorksUpToItsExpiryAndNoLonger(t *testing.T) {
	t.Parallel()
	lk := NewLatchkey(t)
	secret := mint(t, lk, `,"expiry_time":"2100-01-01T00:00:00Z"`)
	lk.Call("PUT", "clock", map[string]any{"now": "2100-01-01T00:00:00Z", "frozen": true}, nil)
	works(t, lk, secret)
	var clock struct{ Now string }
	lk.Call("POST", "clock/advance", map[string]string{"by": "1ms"}, &clock)
	if clock.Now != "2100-01-01T00:00:00.001Z" {
		t.Error("the clock is at", clock.Now)
	}
	refused(t, unauthenticated, ask(t, lk, secret, "GET", self, ""))
}

func TestARevokedKeyIsRefused(t *testing.T) {
	t.Parallel()
	lk := NewLatchkey(t)
	secret := mint(t, lk, "")
	works(t, lk, secret)
	ask(t, lk, admin, "DELETE", keys+"/nightly", "")
	refused(t, unauthenticated, ask(t, lk, secret, "GET", self, ""))
}

func TestASuspendedKeyIsRefusedUntilItIsActiveAgain(t *testing.T) {
	t.Parallel()
	lk := NewLatchkey(t)
	secret := mint(t, lk, "")
	ask(t, lk, admin, "POST", keys+"/nightly", `{"state":"SUSPENDED"}`)
	refused(t, unauthenticated, ask(t, lk, secret, "GET", self, ""))
	ask(t, lk, admin, "POST", keys+"/nightly", `{"state":"ACTIVE"}`)
	works(t, lk, secret)
}

func TestARequestWithoutAKnownKeyIsRefused(t *testing.T) {
	t.Parallel()
	lk := NewLatchkey(t)
	refused(t, unauthenticated, ask(t, lk, strings.Repeat("x", 64), "GET", self, ""))
	refused(t, unauthenticated, ask(t, lk, "", "GET", self, ""))
}

func TestAReadOnlyKeyMayNotActAsAnAdministrator(t *testing.T) {
	t.Parallel()
	lk := NewLatchkey(t)
	secret := mint(t, lk, "")
	refused(t, forbidden, ask(t, lk, secret, "POST", self+"/users", `{"email":"eve@example.com","roles":["read-only"]}`))
	refused(t, forbidden, ask(t, lk, secret, "GET", self+"/users/member@me.com/apikeys", ""))
}
