package org.osteon.testing.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.osteon.sandbox.ChildProcess;

/** Debian's Orthanc: an archive of another make. */
public final class Orthanc implements AutoCloseable {
  public static final String TITLE = "ORTHANC";

  private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
  private static final Path WEB = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final int dicomPort;
  private final int httpPort;
  private ChildProcess process;

  private final Map<String, Object> more;

  private Orthanc(Path folder, int dicomPort, int httpPort, Map<String, Object> more)
      throws Exception {
    this.more = more;
    this.folder = folder;
    this.dicomPort = dicomPort;
    this.httpPort = httpPort;
    this.process = launch();
  }

  /** Skips the test, with a message, where it is not installed. */
  public static void require() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM), "Orthanc is missing: apt-get install orthanc");
  }

  /** Starts one that stores in the folder. */
  public static Orthanc start(Path folder, int dicomPort, int httpPort) throws Exception {
    return new Orthanc(folder, dicomPort, httpPort, Map.of());
  }

  /**
   * The same that knows another node, and reports to it what it keeps.
   *
   * @param title of that node, on this machine
   */
  public static Orthanc knowing(Path folder, int dicomPort, int httpPort, String title, int port)
      throws Exception {
    Map<String, Object> node =
        Map.of("AET", title, "Host", "127.0.0.1", "Port", port, "AllowStorageCommitment", true);
    return new Orthanc(
        folder, dicomPort, httpPort, Map.of("DicomModalities", Map.of("node", node)));
  }

  /**
   * PEM files of an Orthanc that speaks TLS with everybody.
   *
   * @param trusted whom it lets call, and whom it calls
   */
  public record Tls(Path key, Path certificate, Path trusted) {}

  /** The same over TLS, both ways. */
  public static Orthanc knowing(
      Path folder, int dicomPort, int httpPort, String title, int port, Tls tls) throws Exception {
    Map<String, Object> node =
        Map.of(
            "AET",
            title,
            "Host",
            "127.0.0.1",
            "Port",
            port,
            "AllowStorageCommitment",
            true,
            "UseDicomTls",
            true);
    return new Orthanc(
        folder,
        dicomPort,
        httpPort,
        Map.of(
            "DicomModalities", Map.of("node", node),
            "DicomTlsEnabled", true,
            "DicomTlsPrivateKey", tls.key().toString(),
            "DicomTlsCertificate", tls.certificate().toString(),
            "DicomTlsTrustedCertificates", tls.trusted().toString()));
  }

  private ChildProcess launch() throws Exception {
    Files.createDirectories(folder);
    Path config = folder.resolve("orthanc.json");
    Map<String, Object> values = new HashMap<>(more);
    values.putAll(
        Map.of(
            "StorageDirectory",
            folder.resolve("store").toString(),
            "IndexDirectory",
            folder.resolve("store").toString(),
            "HttpPort",
            httpPort,
            "DicomPort",
            dicomPort,
            "DicomAet",
            TITLE,
            "AuthenticationEnabled",
            false,
            "DicomAlwaysAllowStore",
            true,
            "DicomCheckCalledAet",
            true,
            "OverwriteInstances",
            true,
            "Plugins",
            Files.exists(WEB) ? List.of(WEB.toString()) : List.of()));
    JSON.writeValue(config.toFile(), values);
    ChildProcess started =
        ChildProcess.start(folder.resolve("orthanc.log"), PROGRAM.toString(), config.toString());
    await("Orthanc")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> get("/system").has("Version"));
    return started;
  }

  public int dicomPort() {
    return dicomPort;
  }

  public int httpPort() {
    return httpPort;
  }

  /** Ends it without a word. */
  public void kill() {
    process.kill();
  }

  /** Starts it again with what it had stored. */
  public void restart() throws Exception {
    process = launch();
  }

  /** Answer of the REST interface. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes(path));
  }

  /** The same, as it comes. */
  public byte[] bytes(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  /** The one study of that UID, which must be there once. */
  public JsonNode study(String uid) throws IOException, InterruptedException {
    for (JsonNode id : get("/studies")) {
      JsonNode study = get("/studies/" + id.asText());
      if (study.at("/MainDicomTags/StudyInstanceUID").asText().equals(uid)) {
        return study;
      }
    }
    throw new AssertionError("no study " + uid);
  }

  /** Modalities of the study's series, sorted; a series with two instances twice. */
  public List<String> modalities(String uid) throws IOException, InterruptedException {
    List<String> modalities = new ArrayList<>();
    for (JsonNode each : get("/studies/" + study(uid).get("ID").asText() + "/series")) {
      for (int i = 0; i < each.get("Instances").size(); i++) {
        modalities.add(each.at("/MainDicomTags/Modality").asText());
      }
    }
    modalities.sort(null);
    return modalities;
  }

  /** Files of the study's instances of that modality. */
  public List<byte[]> files(String uid, String modality) throws IOException, InterruptedException {
    List<byte[]> files = new ArrayList<>();
    for (JsonNode each : get("/studies/" + study(uid).get("ID").asText() + "/series")) {
      if (each.at("/MainDicomTags/Modality").asText().equals(modality)) {
        for (JsonNode instance : each.get("Instances")) {
          files.add(bytes("/instances/" + instance.asText() + "/file"));
        }
      }
    }
    return files;
  }

  @Override
  public void close() {
    process.kill();
  }
}
