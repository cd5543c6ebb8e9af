package org.osteon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopRequestTest {
  private static final int SIGTERM = 15;

  @Test
  void theProcessEndsWhenWhatWasBegunIsClosed() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Work.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("working, asked to end: false");
      process.toHandle().destroy();
      assertThat(said.readLine()).isEqualTo("closed, asked to end: true");
      assertThat(said.readLine()).isNull();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatIsClosedIsNotAskedAnyMore() {
    StopRequest stop = StopRequest.watch();
    stop.then(() -> {});
    stop.close();
    stop.close();
    assertThat(stop.asked()).isFalse();
  }

  /** Something to close. */
  static final class Work {
    private Work() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (StopRequest stop = StopRequest.watch()) {
        CountDownLatch asked = new CountDownLatch(1);
        stop.then(asked::countDown);
        System.out.println("working, asked to end: " + stop.asked());
        asked.await();
        // The process is on its way out: nothing but the request holds it.
        while (isRunning()) {
          Thread.onSpinWait();
        }
        System.out.println("closed, asked to end: " + stop.asked());
      }
    }

    /** Java takes no hook any more once it has begun to end. */
    private static boolean isRunning() {
      Thread hook = new Thread(() -> {});
      try {
        Runtime.getRuntime().addShutdownHook(hook);
        return Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        return false;
      }
    }
  }
}
