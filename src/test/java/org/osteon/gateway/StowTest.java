package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.DicomFiles;
import org.slf4j.LoggerFactory;

/** Requests of very many parts, without a network. */
class StowTest {
  private static final String RELATED =
      "multipart/related; type=\"application/dicom\"; boundary=\"b1\"";

  @TempDir private Path folder;
  private final AtomicInteger published = new AtomicInteger();
  private Intake intake;

  @BeforeEach
  void takeIn() throws Exception {
    Pseudonyms key = Pseudonyms.read(Files.writeString(folder.resolve("key"), "k".repeat(64)));
    intake =
        new Intake(
            new OutgoingImage.Terms(new AttributeTable(), key, true, 1_000_000, 1_000_000),
            event -> {
              published.incrementAndGet();
              return CompletableFuture.completedFuture(null);
            },
            null,
            1_000_000,
            "test",
            new Intake.Waiting(Duration.ofSeconds(5), (answer, nanos) -> {}));
  }

  @Test
  void partsBeyondTheLimitAreRefusedAndNotPassedOver() throws Exception {
    byte[] good = DicomFiles.drawn(5, Kind.HEALTHY, 20, 20);
    int most = Stow.MOST_PARTS;
    Stow exact = stow(good, most);
    assertThat(exact.httpStatus()).isEqualTo(200);
    assertThat(exact.answers()).hasSize(most);
    assertThat(published).hasValue(most);
    Stow more = stow(good, most + 2);
    assertThat(more.httpStatus()).isEqualTo(413);
    assertThat(published).hasValue(2 * most);
    assertThat(items(more, "00081199")).hasSize(most);
    assertThat(items(more, "00081198")).as("the rest, of which nothing is known").hasSize(1);
  }

  @Test
  void oneRequestWritesOneLineWhateverItBrings() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("org.osteon");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      byte[] garbage = "DICM and a name: DOE^JANE".getBytes(StandardCharsets.US_ASCII);
      Stow stow = stow(garbage, 5000);
      IntakeLog log = new IntakeLog();
      log.answered("STOW", stow.answers());
      assertThat(lines.list).hasSize(1);
      assertThat(lines.list.get(0).getFormattedMessage())
          .contains("5000 images", "STOW", " 0 were stored")
          .doesNotContain("JANE")
          .hasSizeLessThan(1000);
      for (int i = 0; i < 5000; i++) {
        log.answered("HTTP", stow.answers().subList(0, 1));
      }
      assertThat(lines.list).as("and requests a few a second").hasSizeLessThan(300);
    } finally {
      logger.detachAppender(lines);
    }
  }

  private Stow stow(byte[] part, int count) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      body.writeBytes(
          "\r\n--b1\r\nContent-Type: application/dicom\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(part);
    }
    body.writeBytes("\r\n--b1--\r\n".getBytes(StandardCharsets.US_ASCII));
    Stow stow = new Stow(intake, 1_000_000, "", false);
    stow.read(RELATED, new ByteArrayInputStream(body.toByteArray()));
    return stow;
  }

  private static List<?> items(Stow stow, String tag) {
    Map<?, ?> sequence = (Map<?, ?>) Objects.requireNonNull(stow.response().get(tag));
    return (List<?>) Objects.requireNonNull(sequence.get("Value"));
  }
}
