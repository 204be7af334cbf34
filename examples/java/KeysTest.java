import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** What Rockset refuses. Without a test runner, so that it needs nothing but the JDK; each method would be a `@Test`. */
public final class KeysTest {
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final String SELF = "/v1/orgs/self";
    private static final String KEYS = SELF + "/users/self/apikeys";
    /** The same in every world, unless a seed file says otherwise. */
    private static final String ADMIN = "admin0LatchkeySeed0000000000000000000000000000000000000000000000";
    private static final String UNAUTHENTICATED = refusal(401, "AUTHEXCEPTION", "Authentication Failure");
    private static final String FORBIDDEN = refusal(403, "FORBIDDEN", "Not authorized to perform this action");

    public static void main(String[] args) throws Exception {
        aKeyWorksUpToItsExpiryAndNoLonger();
        aRevokedKeyIsRefused();
        aSuspendedKeyIsRefusedUntilItIsActiveAgain();
        aRequestWithoutAKnownKeyIsRefused();
        aReadOnlyKeyMayNotActAsAnAdministrator();
        System.out.println("5 tests passed");
    }

    static void aKeyWorksUpToItsExpiryAndNoLonger() throws Exception {
        try (var lk = new Latchkey("a key works up to its expiry")) {
            var secret = mint(lk, ",\"expiry_time\":\"2100-01-01T00:00:00Z\"");
            lk.call("PUT", "clock", "{\"now\":\"2100-01-01T00:00:00Z\",\"frozen\":true}");
            assertWorks(lk, secret);
            lk.call("POST", "clock/advance", "{\"by\":\"1ms\"}");
            assertEquals(UNAUTHENTICATED, ask(lk, secret, "GET", SELF, ""));
        }
    }

    static void aRevokedKeyIsRefused() throws Exception {
        try (var lk = new Latchkey("a revoked key is refused")) {
            var secret = mint(lk, "");
            assertWorks(lk, secret);
            ask(lk, ADMIN, "DELETE", KEYS + "/nightly", "");
            assertEquals(UNAUTHENTICATED, ask(lk, secret, "GET", SELF, ""));
        }
    }

    static void aSuspendedKeyIsRefusedUntilItIsActiveAgain() throws Exception {
        try (var lk = new Latchkey("a suspended key is refused")) {
            var secret = mint(lk, "");
            ask(lk, ADMIN, "POST", KEYS + "/nightly", "{\"state\":\"SUSPENDED\"}");
            assertEquals(UNAUTHENTICATED, ask(lk, secret, "GET", SELF, ""));
            ask(lk, ADMIN, "POST", KEYS + "/nightly", "{\"state\":\"ACTIVE\"}");
            assertWorks(lk, secret);
        }
    }

    static void aRequestWithoutAKnownKeyIsRefused() throws Exception {
        try (var lk = new Latchkey("a request without a known key is refused")) {
            assertEquals(UNAUTHENTICATED, ask(lk, "x".repeat(64), "GET", SELF, ""));
            assertEquals(UNAUTHENTICATED, ask(lk, null, "GET", SELF, ""));
        }
    }

    static void aReadOnlyKeyMayNotActAsAnAdministrator() throws Exception {
        try (var lk = new Latchkey("a read-only key may not act as an administrator")) {
            var secret = mint(lk, "");
            var invitation = "{\"email\":\"eve@example.com\",\"roles\":[\"read-only\"]}";
            assertEquals(FORBIDDEN, ask(lk, secret, "POST", SELF + "/users", invitation));
            assertEquals(FORBIDDEN, ask(lk, secret, "GET", SELF + "/users/member@me.com/apikeys", ""));
        }
    }

    /** Gives Rockset's status and body. Here your own code would ask, told that Rockset is at `lk.url + "/rockset"`. */
    private static String ask(Latchkey lk, String secret, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(lk.url + "/rockset" + path)).method(method, BodyPublishers.ofString(body));
        request.header("Content-Type", "application/json");
        if (secret != null) request.header("Authorization", "ApiKey " + secret);
        var answer = http.send(request.build(), BodyHandlers.ofString());
        // It differs in each answer.
        return answer.statusCode() + " " + answer.body().replaceAll("\"trace_id\":\"[^\"]*\"", "\"trace_id\":\"…\"");
    }

    private static String mint(Latchkey lk, String expiry) throws Exception {
        var answer = ask(lk, ADMIN, "POST", KEYS, "{\"name\":\"nightly\",\"role\":\"read-only\"" + expiry + "}");
        return answer.replaceFirst(".*\"key\":\"([^\"]*)\".*", "$1");
    }

    private static String refusal(int status, String type, String message) {
        return status + " {\"message\":\"" + message + "\",\"message_key\":null,\"type\":\"" + type + "\",\"line\":null,\"column\":null,"
            + "\"trace_id\":\"…\",\"error_id\":null,\"query_id\":null,\"internal_errors\":null}";
    }

    private static void assertWorks(Latchkey lk, String secret) throws Exception {
        var answer = ask(lk, secret, "GET", SELF, "");
        if (!answer.startsWith("200 ")) throw new AssertionError("the key does not work: " + answer);
    }

    private static void assertEquals(String expected, String actual) {
        if (!expected.equals(actual)) throw new AssertionError("expected " + expected + ", not " + actual);
    }
}
