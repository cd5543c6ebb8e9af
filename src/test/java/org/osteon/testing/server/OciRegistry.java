package org.osteon.testing.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Program;

/** Debian's docker-registry, a real OCI registry, in a folder of its own. */
public final class OciRegistry implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final ChildProcess child;

  private OciRegistry(Path folder, int port, ChildProcess child) {
    this.folder = folder;
    this.port = port;
    this.child = child;
  }

  /** Whether it is installed. */
  public static boolean installed() {
    return Program.exists("docker-registry");
  }

  public static OciRegistry launch() throws IOException {
    Path folder = Files.createTempDirectory("osteon-oci-");
    int port = Ports.take();
    Path config =
        Files.writeString(
            folder.resolve("config.yml"),
            """
            version: 0.1
            log: {level: error}
            storage:
              filesystem: {rootdirectory: %s}
              delete: {enabled: true}
            http: {addr: "127.0.0.1:%d"}
            """
                .formatted(folder.resolve("data"), port));
    ChildProcess child =
        ChildProcess.start(
            folder.resolve("registry.log"), "docker-registry", "serve", config.toString());
    OciRegistry registry = new OciRegistry(folder, port, child);
    await("docker-registry").until(registry::answers);
    return registry;
  }

  /** {@code host:port}. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  /** Where blobs lie as files. */
  public Path data() {
    return folder.resolve("data");
  }

  /** SIGKILL: connections are refused. */
  public void kill() {
    child.kill();
  }

  @Override
  public void close() throws IOException {
    child.kill();
    Folders.remove(folder);
  }

  private boolean answers() throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
