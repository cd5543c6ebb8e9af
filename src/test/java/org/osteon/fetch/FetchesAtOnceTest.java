package org.osteon.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How many images are asked for at once. */
class FetchesAtOnceTest extends HttpStoreOnLoopback {
  @Test
  void asManyAreAskedForAtOnceAsTheSettingSays() throws Exception {
    int together = 150;
    CountDownLatch asking = new CountDownLatch(together);
    answers.put(
        "/slow",
        exchange -> {
          asking.countDown();
          // No one is answered before all have asked.
          await(asking);
          body(exchange, 200, image);
        });
    Fetcher fetcher =
        with(
            Map.of(
                "fetch.http.hosts",
                host,
                "fetch.private.networks",
                "127.0.0.1/32",
                "fetch.threads",
                Integer.toString(together),
                "fetch.timeout.ms",
                "60000"));
    ExecutorService threads = Executors.newFixedThreadPool(together);
    try {
      List<Future<Fetched>> fetched = new ArrayList<>();
      for (int i = 0; i < together; i++) {
        fetched.add(threads.submit(() -> fetch(fetcher, "/slow")));
      }
      for (Future<Fetched> each : fetched) {
        assertThat(each.get()).isInstanceOf(Fetched.Bytes.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Until all have come, or the test is over. */
  private void await(CountDownLatch all) {
    while (all.getCount() > 0 && !awaitEnd(10)) {
      // Looks again.
    }
  }
}
