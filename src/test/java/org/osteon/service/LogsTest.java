package org.osteon.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osteon.config.Settings;
import org.osteon.config.keys.HttpKeys;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.slf4j.LoggerFactory;

class LogsTest {
  @Test
  void jsonIsOneObjectALineWithLevelMessageAndWhatTheEventIsAbout() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(LogFormat.json(context));
    appender.setOutputStream(out);
    appender.start();
    Logger logger = context.getLogger("org.osteon.test");
    logger.addAppender(appender);

    logger.atWarn().addKeyValue("study", "2.25.7").log("Dead {}", "letter");
    logger.warn("A second\nline");

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("level").asText()).isEqualTo("WARN");
    assertThat(first.get("formattedMessage").asText()).isEqualTo("Dead letter");
    assertThat(first.get("kvpList").toString()).contains("study", "2.25.7");
    assertThat(new ObjectMapper().readTree(lines.get(1)).get("formattedMessage").asText())
        .contains("second");
  }

  @Test
  void textIsTheDefault() {
    assertThat(Settings.of(Map.of()).get(HttpKeys.LOG_FORMAT)).isFalse();
    assertThat(Settings.of(Map.of("log.format", "json")).get(HttpKeys.LOG_FORMAT)).isTrue();
  }

  @Test
  void aDeadLetterIsOneLineWithItsStudyAndAKeyThatIsNoUidIsNotRepeated() {
    List<String> lines = logged(letter("2.25.77"), letter("DOE^JANE 1970-01-01"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("2.25.77", "TRUNCATED_IMAGE");
    assertThat(lines.get(1)).contains("TRUNCATED_IMAGE").doesNotContain("DOE", "1970");
  }

  @Test
  void aFloodIsCountedNotWritten() {
    DeadLetter[] flood = new DeadLetter[2_000];
    java.util.Arrays.fill(flood, letter("2.25.1"));
    // Written within two seconds at most on any machine that runs this.
    assertThat(logged(flood)).hasSizeBetween(10, 200);
  }

  private static List<String> logged(DeadLetter... letters) {
    Logger logger = (Logger) LoggerFactory.getLogger(EventLog.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    try {
      EventLog log = new EventLog();
      for (DeadLetter letter : letters) {
        log.forwarded(letter);
      }
    } finally {
      logger.detachAppender(lines);
      logger.setAdditive(true);
    }
    return lines.list.stream()
        .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
        .toList();
  }

  private static DeadLetter letter(String key) {
    return DeadLetter.newBuilder()
        .setEventId("e")
        .setSource(new Source("xray.events", 3, 17L, 1L))
        .setStage(Stage.DECODE)
        .setReason("TRUNCATED_IMAGE")
        .setMessage("It ends early.")
        .setOriginalKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
        .setOriginalValue(null)
        .setOriginalTruncated(false)
        .setAttempts(1)
        .setApplicationId("osteon")
        .setModelVersion("1")
        .setFailedAt(Instant.EPOCH)
        .build();
  }
}
