package org.osteon.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;
import org.osteon.gateway.Answer.Kind;

/**
 * One request of STOW-RS: each part is stored by itself, and the response says what became of each
 * (PS3.18 section 10.5, PS3.18 annex I.2). One part is in memory at a time.
 *
 * <p><b>Threading.</b> One thread; one request.
 */
final class Stow {
  private static final int BUFFER = 64 * 1024;
  static final int MOST_PARTS = 10_000;

  private final List<Answer> answers = new ArrayList<>();
  private final Intake intake;
  private final long maxBytes;
  private final String study;
  private final boolean stat;
  private boolean tooMany;

  /**
   * @param study the only one whose instances are taken; empty for any
   * @param stat whether all of them are
   */
  Stow(Intake intake, long maxBytes, String study, boolean stat) {
    this.intake = intake;
    this.maxBytes = maxBytes;
    this.study = study;
    this.stat = stat;
  }

  /**
   * Takes each part in turn.
   *
   * @throws IllegalArgumentException the request is no multipart of DICOM
   */
  void read(String contentType, InputStream body) throws IOException, InterruptedException {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    String boundary = parser.parse(contentType, ';').get("boundary");
    boolean related = contentType.toLowerCase(Locale.ROOT).startsWith("multipart/related");
    if (!related || boundary == null || boundary.isEmpty() || boundary.length() > 70) {
      throw new IllegalArgumentException(
          "Send multipart/related; type=\"application/dicom\"; boundary=…");
    }
    try {
      MultipartStream parts =
          new MultipartStream(body, boundary.getBytes(StandardCharsets.ISO_8859_1), BUFFER, null);
      boolean more = parts.skipPreamble();
      while (more) {
        if (answers.size() >= MOST_PARTS) {
          // Said instead of passed over: the rest is not read, and what was stored may come again.
          tooMany = true;
          return;
        }
        String headers = parts.readHeaders().toLowerCase(Locale.ROOT);
        Bounded part = new Bounded(maxBytes);
        parts.readBodyData(part);
        answers.add(take(headers, part));
        more = parts.readBoundary();
      }
    } catch (MultipartStream.MalformedStreamException e) {
      throw new IllegalArgumentException("The parts cannot be told apart.", e);
    }
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("The request has no parts.");
    }
  }

  private Answer take(String headers, Bounded part) throws InterruptedException {
    IncomingImage.Facts unknown = IncomingImage.Facts.ofDicom("", "", stat);
    if (!headers.contains("application/dicom")) {
      return Answer.failed(Kind.NOT_UNDERSTOOD, "a part that is not application/dicom", unknown);
    }
    if (part.isTooLarge()) {
      return Answer.failed(Kind.NOT_UNDERSTOOD, "larger than image.max.bytes", unknown);
    }
    return intake.takeDicom(part.bytes(), study, stat);
  }

  List<Answer> answers() {
    return answers;
  }

  /** Whether there were more parts than are taken in one request. */
  boolean hasTooMany() {
    return tooMany;
  }

  /** PS3.18 table 10.5.3-1. */
  int httpStatus() {
    if (tooMany) {
      return 413;
    }
    long stored = answers.stream().filter(Answer::stored).count();
    if (stored == answers.size()) {
      return 200;
    }
    if (stored > 0) {
      return 202;
    }
    return answers.stream().allMatch(answer -> answer.kind() == Kind.AWAY) ? 503 : 409;
  }

  /** The DICOM JSON model (PS3.18 annex F) of PS3.18 table I.2.2-1. */
  Map<String, Object> response() {
    List<Object> stored = new ArrayList<>();
    List<Object> failed = new ArrayList<>();
    for (Answer answer : answers) {
      Map<String, Object> item = new TreeMap<>();
      item.put("00081150", value("UI", answer.sopClass()));
      item.put("00081155", value("UI", answer.sopInstance()));
      if (answer.stored()) {
        stored.add(item);
      } else {
        item.put("00081197", value("US", answer.kind().dimse()));
        failed.add(item);
      }
    }
    if (tooMany) {
      // Of those that were not read nothing else is known.
      failed.add(Map.of("00081197", value("US", Kind.AWAY.dimse())));
    }
    Map<String, Object> response = new TreeMap<>();
    if (!failed.isEmpty()) {
      response.put("00081198", Map.of("vr", "SQ", "Value", failed));
    }
    if (!stored.isEmpty()) {
      response.put("00081199", Map.of("vr", "SQ", "Value", stored));
    }
    return response;
  }

  private static Map<String, Object> value(String vr, Object value) {
    return "".equals(value) ? Map.of("vr", vr) : Map.of("vr", vr, "Value", List.of(value));
  }

  /** Keeps so many bytes, and counts the rest. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final long limit;
    private long length;

    Bounded(long limit) {
      this.limit = limit;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      length += count;
      if (length <= limit) {
        kept.write(bytes, from, count);
      } else {
        kept.reset();
      }
    }

    boolean isTooLarge() {
      return length > limit;
    }

    byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
