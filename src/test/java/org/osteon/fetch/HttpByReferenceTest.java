package org.osteon.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;
import org.osteon.testing.Certificates;

/** Images of HTTP stores: whom they are fetched from, and what a store may not do. */
class HttpByReferenceTest extends HttpStoreOnLoopback {
  @Test
  void anImageOfAHostThatIsNamedIsFetched() throws Exception {
    Fetched.Bytes fetched = (Fetched.Bytes) fetch(inside(), "/image?signature=very-secret");
    assertThat(fetched.bytes()).isEqualTo(image);
    assertThat(asked).containsExactly("/image?signature=very-secret");
  }

  @Test
  void noOtherHostPortOrSchemeIsAsked() throws Exception {
    Fetcher fetcher = inside();
    for (String uri :
        List.of(
            "https://" + host + "/image",
            "http://127.0.0.2:" + server.getAddress().getPort() + "/image",
            "http://localhost:" + server.getAddress().getPort() + "/image",
            "http://127.1:" + server.getAddress().getPort() + "/image",
            "http://2130706433:" + server.getAddress().getPort() + "/image",
            "http://" + LOOPBACK + "/image",
            "http://user:word@" + host + "/image",
            "http://" + host + "@127.0.0.2/image",
            "http://" + host + "%40127.0.0.2/image",
            "http://" + host + "\\@127.0.0.2/image",
            "http://" + host + "/a/../image",
            "http://" + host + "/image#part",
            "http:///image",
            "http://[::1]:80/image")) {
      Fetched fetched = Fetching.fetch(fetcher, Fetching.to(uri, image));
      assertThat(Fetching.reason(fetched)).as(uri).isEqualTo("FORBIDDEN_URI");
      assertThat(((Fetched.Refused) fetched).message()).doesNotContain("word", "127.0.0.2");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void aNameThatLeadsInsideIsForbiddenUnlessItsNetworkIsNamed() throws Exception {
    int port = server.getAddress().getPort();
    Reference reference = Fetching.to("http://localhost:" + port + "/image", image);
    Fetcher strict = with(Map.of("fetch.http.hosts", "localhost:" + port));
    assertThat(Fetching.reason(Fetching.fetch(strict, reference))).isEqualTo("FORBIDDEN_URI");
    Fetcher literal = with(Map.of("fetch.http.hosts", host));
    assertThat(Fetching.reason(fetch(literal, "/image"))).isEqualTo("FORBIDDEN_URI");
    assertThat(asked).as("no connection was made").isEmpty();
    Fetcher allowed =
        with(
            Map.of(
                "fetch.http.hosts", "LOCALHOST:" + port, "fetch.private.networks", "127.0.0.0/8"));
    assertThat(Fetching.fetch(allowed, reference)).isInstanceOf(Fetched.Bytes.class);
  }

  @Test
  void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    // A name of no name server, which answers otherwise the second time: who asks again is lost.
    CheckedResolver resolver =
        new CheckedResolver(
            new Networks(List.of("127.0.0.1/32")),
            name ->
                new InetAddress[] {
                  InetAddress.getByName(lookups.incrementAndGet() == 1 ? LOOPBACK : "127.0.0.9")
                });
    String name = "rebinding.invalid:" + server.getAddress().getPort();
    try (HttpStore store = new HttpStore("http", List.of(name), resolver, 1)) {
      Deadline deadline = new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
      try (Watchdog watchdog = new Watchdog("test");
          Watchdog.Guard guard = watchdog.watch(deadline);
          Place.Opened opened =
              store.place(URI.create("http://" + name + "/image")).open(deadline, guard)) {
        assertThat(opened.stream().readAllBytes()).isEqualTo(image);
      }
    }
    assertThat(lookups).hasValue(1);
    assertThat(asked).containsExactly("/image");
  }

  @Test
  void noRedirectIsFollowed() throws Exception {
    for (String to : List.of("/image", "http://169.254.169.254/latest", "file:///etc/passwd")) {
      answers.put(
          "/moved",
          exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            body(exchange, 302, new byte[0]);
          });
      assertThat(Fetching.reason(fetch(inside(), "/moved"))).isEqualTo("FORBIDDEN_URI");
    }
    assertThat(asked).doesNotContain("/image");
  }

  @Test
  void whatTheStoreSaysIsTheReason() throws Exception {
    Fetcher fetcher = inside();
    for (int status : List.of(404, 410, 401, 403, 400)) {
      answers.put("/status", exchange -> body(exchange, status, new byte[3]));
      assertThat(Fetching.reason(fetch(fetcher, "/status")))
          .isEqualTo(status == 404 || status == 410 ? "NOT_FOUND" : "STORE_REFUSED");
    }
    assertThat(asked).as("asked once each").hasSize(5);
  }

  @Test
  void aStoreThatIsAwayForAMomentIsAskedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    answers.put(
        "/busy",
        exchange -> {
          int status = List.of(503, 429, 500, 200).get(Math.min(3, calls.getAndIncrement()));
          body(exchange, status, status == 200 ? image : new byte[1]);
        });
    Fetched fetched = fetch(inside(), "/busy");
    assertThat(fetched).isInstanceOf(Fetched.Bytes.class);
    assertThat(fetched.attempts()).isEqualTo(4);
  }

  @Test
  void aBodyWithoutAnEndIsNotReadToIt() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    answers.put(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[64 * 1024];
          try (OutputStream out = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
              out.write(block);
              sent.addAndGet(block.length);
            }
          }
        });
    assertThat(Fetching.reason(fetch(inside(), "/endless"))).isEqualTo("DIGEST_MISMATCH");
    assertThat(sent.get()).isLessThan(64 << 20);
    answers.put("/large", exchange -> exchange.sendResponseHeaders(200, 5_000_000_000L));
    assertThat(Fetching.reason(fetch(inside(), "/large"))).isEqualTo("TOO_MANY_BYTES");
  }

  @Test
  void aByteNowAndThenDoesNotOutliveTheTimeout() throws Exception {
    AtomicInteger dripped = new AtomicInteger();
    answers.put(
        "/drip",
        exchange -> {
          exchange.sendResponseHeaders(200, image.length);
          for (byte each : image) {
            exchange.getResponseBody().write(each);
            exchange.getResponseBody().flush();
            dripped.incrementAndGet();
            if (awaitEnd(20)) {
              return;
            }
          }
        });
    assertThat(Fetching.reason(fetch(inside(), "/drip"))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(dripped.get()).as("not waited for to the end").isLessThan(image.length);
  }

  @Test
  void noAnswerAtAllDoesNotOutliveTheTimeout() throws Exception {
    CountDownLatch gaveUp = new CountDownLatch(1);
    answers.put(
        "/silent",
        exchange -> {
          if (!awaitEnd(TimeUnit.MINUTES.toMillis(5))) {
            gaveUp.countDown();
          }
        });
    assertThat(Fetching.reason(fetch(inside(), "/silent"))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(gaveUp.getCount()).as("the server is as silent as before").isEqualTo(1);
  }

  @Test
  void httpsIsForThoseWhomTheTrustStoreTrusts(@TempDir Path folder) throws Exception {
    Certificates certificates = Certificates.make(folder);
    HttpsServer https = HttpsServer.create();
    https.setHttpsConfigurator(new HttpsConfigurator(certificates.context()));
    listening(https);
    String secure = LOOPBACK + ":" + https.getAddress().getPort();
    Map<String, String> settings =
        Map.of("fetch.https.hosts", secure, "fetch.private.networks", "127.0.0.1/32");
    Reference reference = Fetching.to("https://" + secure + "/image", image);
    assertThat(Fetching.reason(Fetching.fetch(with(settings), reference)))
        .isEqualTo("STORE_UNAVAILABLE");
    assertThat(asked).isEmpty();
    certificates.trusted(
        () ->
            assertThat(Fetching.fetch(with(settings), reference))
                .isInstanceOf(Fetched.Bytes.class));
  }
}
