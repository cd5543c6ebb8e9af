package org.osteon.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.osteon.client.EventPublisher;
import org.osteon.config.Settings;
import org.osteon.console.Console;
import org.osteon.console.picture.ConsolePictures;
import org.osteon.event.DicomUid;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.DjlModel;

/**
 * The console beside the demo, with pictures, and with a token that lasts as long as the demo.
 *
 * <p><b>Threading.</b> One thread.
 */
final class DemoConsole implements AutoCloseable {
  private final Settings settings;
  private final String token = UUID.randomUUID().toString();
  private final DjlModel model;
  private final ConsolePictures pictures;
  private final Console console;

  /**
   * @param version folder of the version that answers
   * @param folder a place for the token's file
   * @param port of the service's metrics
   * @throws IOException the address is taken
   */
  DemoConsole(Settings settings, Path version, Path folder, int port) throws IOException {
    this.settings = settings;
    Path file = folder.resolve("console-token");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token);
    Map<String, String> values = new TreeMap<>(settings.texts());
    values.put("console.token.file", file.toString());
    values.put("console.pictures", "true");
    values.put("console.models", version.resolve("../..").normalize().toString());
    values.put("console.replicas", "http://localhost:" + port);
    Settings own = Settings.of(values);
    this.model = DjlModel.load(ModelVersion.read(version), "cpu", "f32");
    this.pictures = new ConsolePictures(own, model);
    try {
      this.console = Console.start(own, pictures);
    } catch (IOException | RuntimeException e) {
      pictures.close();
      model.close();
      throw e;
    }
  }

  String address() {
    return "http://localhost:%d/".formatted(console.port());
  }

  String token() {
    return token;
  }

  /** Something that is no image, so that there is a dead letter to work off. */
  void publishWhatIsNoImage() {
    String id = "demo-letter-" + UUID.randomUUID();
    try (EventPublisher publisher = new EventPublisher(settings)) {
      publisher.publish(
          XRayEvent.newBuilder()
              .setEventId(id)
              .setStudyInstanceUid(DicomUid.of(id))
              .setFacility("demo")
              .setPublishedAt(Instant.now())
              .setContentType("image/jpeg")
              .setImage(
                  new InlineImage(
                      ByteBuffer.wrap("This is no picture.".getBytes(StandardCharsets.UTF_8))))
              .build());
      publisher.awaitAll();
    }
  }

  @Override
  public void close() {
    console.close();
    pictures.close();
    model.close();
  }
}
