package org.osteon.testing.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.Ports;

/**
 * A real S3 server, s3proxy, as a child process, with one bucket in a folder. A test can kill it
 * and start it again.
 */
public final class S3Server implements AutoCloseable {
  /** The bucket that is there. */
  public static final String BUCKET = "radiographs";

  private static final String KEY = "osteon-test";
  private static final String SECRET = "not-a-secret-of-anyone";

  private final Path folder;
  private final int port;
  private @Nullable ChildProcess child;

  private S3Server(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one and lets AWS's provider chain of this process find its credentials. */
  public static S3Server launch() throws IOException {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
    Path folder = Files.createTempDirectory("osteon-s3-");
    S3Server server = new S3Server(folder, Ports.take());
    Files.createDirectories(folder.resolve("data").resolve(BUCKET));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "s3proxy.authorization",
            "aws-v2-or-v4",
            "s3proxy.identity",
            KEY,
            "s3proxy.credential",
            SECRET,
            "s3proxy.endpoint",
            server.endpoint(),
            "jclouds.provider",
            "filesystem-nio2",
            "jclouds.filesystem.basedir",
            folder.resolve("data").toString()));
    try (Writer out = Files.newBufferedWriter(folder.resolve("s3proxy.conf"))) {
      properties.store(out, null);
    }
    server.start();
    return server;
  }

  /** Starts it, also after {@link #kill}, and waits until it answers. */
  public void start() {
    child =
        ChildProcess.start(
            folder.resolve("s3proxy.log"),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-jar",
            Path.of(System.getProperty("osteon.root", ".."))
                .resolve("src/target/s3proxy/s3proxy.jar")
                .toString(),
            "--properties",
            folder.resolve("s3proxy.conf").toString());
    await("s3proxy").until(this::answers);
  }

  /** SIGKILL: connections are refused. */
  public void kill() {
    ChildProcess killed = child;
    if (killed != null) {
      child = null;
      killed.kill();
    }
  }

  /** {@code fetch.s3.endpoint}. */
  public String endpoint() {
    return "http://" + Ports.LOOPBACK + ":" + port;
  }

  /** Where the bucket's objects lie as files. */
  public Path bucket() {
    return folder.resolve("data").resolve(BUCKET);
  }

  /** What a service is configured with to fetch from the bucket. */
  public Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "fetch.s3.buckets",
            BUCKET,
            "fetch.s3.endpoint",
            endpoint(),
            "fetch.s3.path.style",
            "true"));
  }

  /** The options with which a Java process of its own finds the credentials. */
  public static String[] credentials() {
    return new String[] {"-Daws.accessKeyId=" + KEY, "-Daws.secretAccessKey=" + SECRET};
  }

  @Override
  public void close() throws IOException {
    kill();
    Folders.remove(folder);
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint()).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2000);
      return connection.getResponseCode() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }
}
