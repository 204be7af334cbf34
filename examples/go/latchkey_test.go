package keys

// latchkey for `go test`. Copy this file beside your tests; it needs nothing but the standard library.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Latchkey is one world of the latchkey that LATCHKEY_URL names: `latchkey exec -- go test -count=1 ./...`.
type Latchkey struct {
	t testing.TB
	// URL is what clients are given: lk.URL + "/rockset".
	URL string
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// NewLatchkey gives a test a world of its own, which ends with it, so that t.Parallel is fine. The journal says of each
// request which test made it.
func NewLatchkey(t testing.TB) *Latchkey {
	t.Helper()
	root := strings.TrimSuffix(os.Getenv("LATCHKEY_URL"), "/")
	if root == "" {
		t.Skip("no LATCHKEY_URL: run `latchkey exec -- go test -count=1 ./...`")
	}
	name := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(t.Name()), "-"), "-")
	if len(name) > 40 {
		name = name[:40]
	}
	name = fmt.Sprintf("t-%s-%x", name, time.Now().UnixNano())
	lk := &Latchkey{t, root + "/~" + name}
	lk.Call("POST", "mark", map[string]string{"text": t.Name()}, nil)
	t.Cleanup(func() { (&Latchkey{t, root}).Call("DELETE", "worlds/"+name, nil, nil) })
	return lk
}

// Call drives the world; see docs/control-plane.md. It fails the test where it is refused.
func (lk *Latchkey) Call(method, path string, body, answer any) {
	lk.t.Helper()
	text := []byte{}
	if body != nil {
		text, _ = json.Marshal(body)
	}
	request, err := http.NewRequest(method, lk.URL+"/_latchkey/"+path, bytes.NewReader(text))
	if err != nil {
		lk.t.Fatal(err)
	}
	if token := os.Getenv("LATCHKEY_ADMIN_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		lk.t.Fatal(err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		lk.t.Fatalf("latchkey refused %s %s: %s %s", method, path, response.Status, said)
	}
	if answer == nil {
		return
	}
	if err := json.Unmarshal(said, answer); err != nil {
		lk.t.Fatal(err)
	}
}
