package org.osteon.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.ScpSettings;
import org.osteon.gateway.Answer.Kind;
import org.osteon.http.HttpCall;
import org.osteon.http.HttpPort;
import org.osteon.image.dicom.DicomCopy;
import org.osteon.limit.PeerQuota;

/**
 * {@code POST /events}, an image as the body, and DICOMweb's {@code POST /studies} (PS3.18 section
 * 10.5), for a sender that shows the token.
 *
 * <p><b>Threading.</b> Those of its port; images in memory are bounded.
 */
final class HttpIntake implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 64 * 1024;
  private static final int WAIT_SECONDS = 15;
  private static final int CONNECTIONS = 256;

  /** For who asks for nothing that is here, or has no token: to hear so, and no more. */
  private static final Duration SHORT = Duration.ofSeconds(10);

  private final HttpPort port;
  private final PeerQuota room;
  private final Intake intake;
  private final IntakeLog log;
  private final byte[] token;
  private final long maxBytes;

  /**
   * @param port 0 for a free one
   * @param shared with the DICOM side: sizes, times, quotas, TLS
   */
  HttpIntake(int port, String token, ScpSettings shared, Intake intake, IntakeLog log)
      throws IOException {
    ScpSettings.Limits limits = shared.limits();
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.intake = intake;
    this.log = log;
    this.maxBytes = limits.dataSetBytes();
    this.room = new PeerQuota(limits.dataSets(), (limits.dataSets() + 1) / 2);
    this.port =
        HttpPort.open(
            port,
            "osteon-gateway-http",
            new HttpPort.Limits(
                CONNECTIONS,
                Math.min(CONNECTIONS, 2 * limits.associationsOfPeer()),
                limits.idle(),
                limits.receive(),
                shared.tls()),
            this::route);
  }

  int port() {
    return port.port();
  }

  @Override
  public void close() {
    try {
      port.drain(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    port.close();
  }

  private void route(HttpCall call) throws IOException, InterruptedException {
    String path = call.path();
    if (path.equals("/livez")) {
      call.within(SHORT);
      call.json(200, Map.of("status", "up"));
    } else if (path.equals("/events")) {
      guarded(call, this::event);
    } else if (path.equals("/studies") || path.startsWith("/studies/")) {
      guarded(call, this::stow);
    } else {
      call.within(SHORT);
      problem(call, 404, "Send images to /events or to /studies.");
    }
  }

  /** What is asked with the token, and by POST; room for an image is waited for. */
  private void guarded(HttpCall call, HttpPort.Handler handler)
      throws IOException, InterruptedException {
    if (!knowsToken(call)) {
      call.within(SHORT);
      call.header("WWW-Authenticate", "Bearer");
      problem(call, 401, "Send the gateway's token: Authorization: Bearer …");
      return;
    }
    if (!call.method().equals("POST")) {
      call.header("Allow", "POST");
      problem(call, 405, "Only POST is taken here.");
      return;
    }
    try (PeerQuota.Slot slot = room.take(call.peer(), WAIT_SECONDS * 1000L)) {
      if (slot == null) {
        problem(call, 503, "Too many images at once: try again later.");
        return;
      }
      handler.handle(call);
    } catch (RuntimeException | OutOfMemoryError e) {
      log.failed("HTTP", e);
      problem(call, 500, "Internal error.");
    }
  }

  private boolean knowsToken(HttpCall call) {
    String sent = call.header("Authorization");
    String prefix = "Bearer ";
    return sent != null
        && sent.startsWith(prefix)
        && MessageDigest.isEqual(
            sent.substring(prefix.length()).trim().getBytes(StandardCharsets.UTF_8), token);
  }

  private void event(HttpCall call) throws IOException, InterruptedException {
    byte[] body = body(call.body());
    if (body == null) {
      problem(call, 413, "The image is larger than image.max.bytes.");
      return;
    }
    IncomingImage.Facts facts;
    try {
      facts = RequestFacts.of(call.rawQuery());
    } catch (IllegalArgumentException e) {
      problem(call, 400, String.valueOf(e.getMessage()));
      return;
    }
    Answer answer =
        DicomCopy.recognises(body)
            ? intake.takeDicom(body, facts.study(), facts.stat())
            : intake.take(new IncomingImage(body, facts));
    log.answered("HTTP", List.of(answer));
    if (answer.stored()) {
      call.json(
          answer.kind().http(),
          Map.of("eventId", answer.eventId(), "studyInstanceUid", answer.study()));
    } else {
      retryLater(call, answer.kind());
      problem(call, answer.kind().http(), answer.message());
    }
  }

  private void stow(HttpCall call) throws IOException, InterruptedException {
    String[] path = call.path().split("/", -1);
    if (path.length > 3) {
      problem(call, 404, "Store to /studies or to /studies/{study}.");
      return;
    }
    String study = path.length == 3 ? path[2] : "";
    String type = String.valueOf(call.header("Content-Type"));
    boolean stat;
    try {
      stat = RequestFacts.stat(call.rawQuery());
    } catch (IllegalArgumentException e) {
      problem(call, 400, String.valueOf(e.getMessage()));
      return;
    }
    Stow stow = new Stow(intake, maxBytes, study, stat);
    try {
      stow.read(type, call.body());
    } catch (IllegalArgumentException e) {
      problem(call, 415, String.valueOf(e.getMessage()));
      return;
    }
    log.answered(
        stow.hasTooMany() ? "STOW, which had more than one request may," : "STOW", stow.answers());
    if (stow.answers().stream().allMatch(answer -> answer.kind() == Kind.AWAY)) {
      retryLater(call, Kind.AWAY);
    }
    call.answer(
        stow.httpStatus(), "application/dicom+json", JSON.writeValueAsString(stow.response()));
  }

  /** All of it, or null where it is longer than an image may be. */
  private byte @Nullable [] body(InputStream in) throws IOException {
    byte[] body = in.readNBytes(Math.toIntExact(maxBytes + 1));
    if (body.length <= maxBytes) {
      return body;
    }
    // Read on for a while, or the answer would be lost in the reset of the connection.
    byte[] ignored = new byte[BUFFER];
    for (long more = 0; more < 4 * maxBytes; more += BUFFER) {
      if (in.readNBytes(ignored, 0, BUFFER) < BUFFER) {
        break;
      }
    }
    return null;
  }

  private static void retryLater(HttpCall call, Kind kind) {
    if (kind == Kind.AWAY) {
      call.header("Retry-After", "10");
    }
  }

  private static void problem(HttpCall call, int status, String message) throws IOException {
    call.json(status, Map.of("message", message));
  }
}
