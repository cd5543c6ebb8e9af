package org.osteon.bench.rig;

import java.io.IOException;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osteon.config.Settings;
import org.osteon.config.keys.HttpKeys;
import org.osteon.process.ProcessStatus;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;

/** {@code osteon serve} as a process of its own, with the launcher's options and a 512 MB heap. */
public final class ServeProcess implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;

  private final ChildProcess child;
  private final Path log;
  private final int port;
  private final long startedNanos;

  private ServeProcess(ChildProcess child, Path log, int port, long startedNanos) {
    this.child = child;
    this.log = log;
    this.port = port;
    this.startedNanos = startedNanos;
  }

  public static ServeProcess start(Settings settings, Path folder) throws IOException {
    int port = Ports.take();
    Properties properties = new Properties();
    properties.putAll(settings.texts());
    properties.put(HttpKeys.HTTP_PORT.key(), Integer.toString(port));
    Path file = Files.createTempFile(folder, "serve", ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    Path log = Files.createTempFile(folder, "serve", ".log");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    long started = System.nanoTime();
    ChildProcess child =
        ChildProcess.start(
            log,
            java.toString(),
            "-Xmx512m",
            "-XX:+UseParallelGC",
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            "org.osteon.cli.Osteon",
            "serve",
            "--config",
            file.toString());
    return new ServeProcess(child, log, port, started);
  }

  /** Seconds from the start of the process until {@code /readyz} answers 200. */
  public double secondsToReady() throws IOException {
    while (status() != HttpURLConnection.HTTP_OK) {
      if (System.nanoTime() - startedNanos > Duration.ofMinutes(2).toNanos()) {
        throw new IllegalStateException("serve is not ready:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
    return secondsSinceStart();
  }

  public double secondsSinceStart() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  /** Largest resident size so far, MB. */
  public double peakResidentMb() {
    return ProcessStatus.peakResident(child.pid()).orElseThrow() / 1e6;
  }

  @Override
  public void close() {
    child.kill();
  }

  private int status() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2000);
      return connection.getResponseCode();
    } catch (IOException e) {
      return 0; // Not listening yet.
    }
  }
}
