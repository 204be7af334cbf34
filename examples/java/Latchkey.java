import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/**
 * A world of the latchkey that LATCHKEY_URL names, for try-with-resources: `latchkey exec -- mvn test`. Copy this file beside
 * your tests; it needs nothing but the JDK, 11 or newer.
 */
public final class Latchkey implements AutoCloseable {
    private static final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final String name;
    /** What clients are given: `lk.url + "/rockset"`. */
    public final String url;

    public Latchkey(String name) {
        this(System.getenv("LATCHKEY_URL"), name);
    }

    /** `root`: as a container tells it, `"http://" + container.getHost() + ":" + container.getMappedPort(5282)`. */
    public Latchkey(String root, String name) {
        if (root == null) throw new IllegalStateException("no LATCHKEY_URL: run `latchkey exec -- …`, or name a container");
        var text = name.toLowerCase().replaceAll("[^a-z0-9]+", "-");
        this.root = root.replaceFirst("/$", "");
        this.name = "t-" + text.substring(0, Math.min(text.length(), 40)) + "-" + UUID.randomUUID().toString().substring(0, 8);
        this.url = this.root + "/~" + this.name;
        // The journal says of each request which test made it.
        call("POST", "mark", "{\"text\":\"" + text + "\"}");
    }

    /** Drives the world (docs/control-plane.md); gives the JSON that it answers with. Throws where it is refused. */
    public String call(String method, String path, String json) {
        return send(url, method, path, json);
    }

    @Override
    public void close() {
        send(root, "DELETE", "worlds/" + name, "");
    }

    private static String send(String base, String method, String path, String json) {
        var request = HttpRequest.newBuilder(URI.create(base + "/_latchkey/" + path)).method(method, BodyPublishers.ofString(json));
        var token = System.getenv("LATCHKEY_ADMIN_TOKEN");
        if (token != null) request.header("Authorization", "Bearer " + token);
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("latchkey refused " + method + " " + path + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
