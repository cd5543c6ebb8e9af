package org.osteon.demo.hospital;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osteon.client.OperationFailedException;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;

/** Debian's Orthanc in a process of its own, which ends with this one. */
final class Archive implements AutoCloseable {
  static final String TITLE = "ORTHANC";

  /** Where Debian puts it, which is not in everybody's path. */
  private static final String PLACE = "/usr/sbin";

  private static final Duration START = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int dicomPort = Ports.take();
  private final int httpPort = Ports.take();
  private final ChildProcess process;

  private Archive(Path folder) throws IOException {
    Path config = folder.resolve("orthanc.json");
    Map<String, Object> settings = new TreeMap<>();
    settings.put("Name", "Osteon's demo");
    settings.put("StorageDirectory", folder.resolve("archive").toString());
    settings.put("IndexDirectory", folder.resolve("archive").toString());
    settings.put("HttpPort", httpPort);
    settings.put("RemoteAccessAllowed", false);
    // Otherwise it ends idle connections at the moment at which the next question is under way.
    settings.put("KeepAlive", false);
    settings.put("AuthenticationEnabled", false);
    settings.put("DicomPort", dicomPort);
    settings.put("DicomAet", TITLE);
    settings.put("DicomAlwaysAllowStore", true);
    settings.put("OverwriteInstances", true);
    JSON.writeValue(config.toFile(), settings);
    this.process =
        ChildProcess.start(folder.resolve("orthanc.log"), program().toString(), config.toString());
  }

  /**
   * To be asked before anything is started.
   *
   * @return the program
   * @throws OperationFailedException it is not installed
   */
  static Path program() {
    String path = System.getenv("PATH");
    return program(PLACE + File.pathSeparator + (path == null ? "" : path));
  }

  /**
   * @param path folders, as the environment's PATH names them
   */
  static Path program(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve("Orthanc"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new OperationFailedException(
                    "`osteon demo --hospital` wants an archive, and there is no Orthanc: install it with `apt-get install orthanc`."));
  }

  /**
   * Starts one, and returns when it answers.
   *
   * @param folder where it stores
   * @throws OperationFailedException it does not
   */
  static Archive start(Path folder) throws IOException, InterruptedException {
    Archive archive = new Archive(folder);
    long end = System.nanoTime() + START.toNanos();
    while (!archive.answers()) {
      if (System.nanoTime() > end || !archive.process.isAlive()) {
        archive.close();
        throw new OperationFailedException(
            "Orthanc does not start, and says: "
                + ChildProcess.tail(folder.resolve("orthanc.log")));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return archive;
  }

  int dicomPort() {
    return dicomPort;
  }

  /** Where a browser looks into it. */
  String url() {
    return "http://" + Ports.LOOPBACK + ":" + httpPort;
  }

  /**
   * What lies in that study now.
   *
   * @param studyUid its own UID
   */
  StudyContent study(String studyUid) throws IOException, InterruptedException {
    Map<String, Integer> modalities = new HashMap<>();
    TreeMap<String, Integer> impressions = new TreeMap<>();
    for (JsonNode id : find(studyUid)) {
      for (JsonNode series : get("/studies/" + id.asText() + "/series")) {
        String modality = series.at("/MainDicomTags/Modality").asText();
        for (JsonNode instance : series.get("Instances")) {
          modalities.merge(modality, 1, Integer::sum);
          if (modality.equals("SR")) {
            JsonNode tags = get("/instances/" + instance.asText() + "/simplified-tags");
            impressions.merge(StudyContent.impression(tags), 1, Integer::sum);
          }
        }
      }
    }
    return new StudyContent(modalities, impressions);
  }

  private JsonNode find(String studyUid) throws IOException, InterruptedException {
    String query =
        JSON.writeValueAsString(
            Map.of("Level", "Study", "Query", Map.of("StudyInstanceUID", studyUid)));
    return answer(
        HttpRequest.newBuilder(URI.create(url() + "/tools/find"))
            .POST(HttpRequest.BodyPublishers.ofString(query)));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(URI.create(url() + path)));
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request.timeout(START).build(), HttpResponse.BodyHandlers.ofByteArray());
    return JSON.readTree(response.body());
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/system").has("Version");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.kill();
  }
}
