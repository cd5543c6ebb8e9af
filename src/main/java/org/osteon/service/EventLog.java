package org.osteon.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.DeadLetter;
import org.osteon.limit.LogLines;
import org.osteon.topology.listen.TopologyListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each alert and each dead letter, with the study and nothing else of the patient. A
 * flood of bad input is counted instead of written out: a full disk would be the next trouble.
 *
 * <p><b>Threading.</b> Any.
 */
final class EventLog implements TopologyListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  /** DICOM's rule for a UID. A key that is none could hold anything, so it is not repeated. */
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

  private static final int LETTERS_A_SECOND = 10;

  private final LogLines lines = new LogLines(LETTERS_A_SECOND);

  @Override
  public void alerted(Alert alert) {
    LOG.atInfo()
        .addKeyValue("study", study(alert.getStudyInstanceUid()))
        .addKeyValue("alert", alert.getAlertId())
        .addKeyValue("severity", alert.getSeverity())
        .log("Alert raised");
  }

  @Override
  public void forwarded(DeadLetter letter) {
    if (!lines.allows(
        unwritten ->
            LOG.warn("{} further dead letters were not written here one by one", unwritten))) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("study", study(text(letter.getOriginalKey())))
        .addKeyValue("stage", letter.getStage())
        .addKeyValue("reason", letter.getReason())
        .addKeyValue("partition", letter.getSource().getPartition())
        .addKeyValue("offset", letter.getSource().getOffset())
        .log("Dead letter");
  }

  @Override
  public void unreadableOrder(String place, String why) {
    if (lines.allows(
        unwritten -> LOG.warn("{} further lines were not written here one by one", unwritten))) {
      LOG.warn("The record at {} of the topic of orders is no order and was left: {}", place, why);
    }
  }

  private static String study(@Nullable String key) {
    return key != null && UID.matcher(key).matches() ? key : "-";
  }

  private static @Nullable String text(@Nullable ByteBuffer key) {
    return key == null || key.remaining() > 64
        ? null
        : StandardCharsets.US_ASCII.decode(key.duplicate()).toString();
  }
}
