package org.osteon.dimse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.Negotiation.Accepted;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.Pdu;
import org.osteon.dimse.pdu.Pdu.Rejection;
import org.osteon.dimse.pdu.ProtocolException;
import org.osteon.dimse.pdu.TimedPdus;
import org.osteon.limit.Deadline;
import org.osteon.limit.PeerQuota;
import org.osteon.limit.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One association, from the request to its release (the acceptor's half of PS3.8 section 9.2).
 *
 * <p><b>Threading.</b> A thread of its own; {@link #close} from any.
 */
final class Association implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Association.class);

  /** Within this, a peer that was rejected or aborted closes its end (ARTIM). */
  private static final int LINGER_MILLIS = 2000;

  private final Socket socket;
  private final ScpSettings settings;
  private final Services services;
  private final ScpSettings.Limits limits;
  private final Bounds bounds;
  private final PeerQuota.Slot connection;

  /**
   * @param socket plain; TLS is laid over it here
   * @param connection held until it is accepted, or ends
   */
  Association(
      Socket socket,
      ScpSettings settings,
      StorageHandler handler,
      Bounds bounds,
      PeerQuota.Slot connection) {
    this.socket = socket;
    this.settings = settings;
    this.limits = settings.limits();
    this.services = new Services(handler);
    this.bounds = bounds;
    this.connection = connection;
  }

  /** Whether an instance is being stored. */
  boolean isBusy() {
    return services.isBusy();
  }

  @Override
  public void run() {
    try (socket;
        connection) {
      socket.setTcpNoDelay(true);
      Socket spoken = Tls.over(socket, settings);
      OutputStream out = spoken.getOutputStream();
      TimedPdus in = new TimedPdus(spoken, limits.idle(), guardian());
      try {
        converse(in, out);
      } catch (ProtocolException e) {
        bounds.say(() -> LOG.warn("{} broke the protocol: {}", address(), e.getMessage()));
        end(in, out, Pdu.abort(e.reason()));
      } catch (SocketTimeoutException e) {
        bounds.say(() -> LOG.info("{} said nothing, or too little, for too long", address()));
        end(in, out, Pdu.abort(0));
      }
    } catch (IOException e) {
      bounds.say(() -> LOG.info("The connection of {} ended: {}", address(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the plain connection a little after a deadline: that never waits. */
  private TimedPdus.Guardian guardian() {
    return deadline ->
        bounds
            .watchdog()
            .watch(new Deadline(deadline.nanos() + LINGER_MILLIS * 1_000_000L), this::close);
  }

  private void converse(TimedPdus in, OutputStream out) throws IOException, InterruptedException {
    Pdu first = in.next(Deadline.in(limits.idle()));
    if (first == null) {
      return;
    }
    if (first.type() != Pdu.ASSOCIATE_RQ) {
      throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "No association was requested");
    }
    AssociateRequest request = AssociateRequest.parse(first.body());
    Rejection rejection = Negotiation.rejection(request, settings, address());
    // Only who may come in takes a place from others.
    try (PeerQuota.Slot place = rejection == null ? bounds.associations().take(address()) : null) {
      if (place == null) {
        Rejection why = rejection == null ? Rejection.TOO_MANY : rejection;
        bounds.say(() -> LOG.warn("An association from {} is rejected: {}", address(), why));
        end(in, out, Pdu.reject(why));
        return;
      }
      connection.close();
      Negotiation negotiation =
          Negotiation.of(request, settings.sopClasses(), settings.transferSyntaxes());
      write(in, out, negotiation.accept());
      serve(in, out, negotiation);
    }
  }

  private void write(TimedPdus in, OutputStream out, byte[] bytes) throws IOException {
    try (Watchdog.Guard guard = in.guardian().watch(Deadline.in(limits.idle()))) {
      out.write(bytes);
      out.flush();
    }
  }

  private void serve(TimedPdus in, OutputStream out, Negotiation negotiation)
      throws IOException, InterruptedException {
    Incoming message = null;
    try {
      while (true) {
        Pdu pdu = in.next(message == null ? null : message.deadline());
        if (pdu == null || pdu.type() == Pdu.ABORT) {
          return;
        }
        if (pdu.type() == Pdu.RELEASE_RQ) {
          end(in, out, Pdu.releaseReply());
          return;
        }
        if (pdu.type() != Pdu.P_DATA) {
          throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "PDU " + pdu.type());
        }
        ByteBuffer values = ByteBuffer.wrap(pdu.body());
        while (values.hasRemaining()) {
          message = take(values, message);
          if (message.isWhole()) {
            answer(in, out, negotiation, message);
            message.close();
            message = null;
          }
        }
      }
    } finally {
      if (message != null) {
        message.close();
      }
    }
  }

  /** One presentation data value (PS3.8 section 9.3.5.1). */
  private Incoming take(ByteBuffer values, @Nullable Incoming current)
      throws ProtocolException, InterruptedException {
    int length = values.remaining() < 6 ? -1 : values.getInt() - 2;
    if (length < 0 || length > values.remaining() - 2) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "A data value that contradicts itself");
    }
    int context = values.get() & 0xFF;
    int control = values.get();
    Incoming message = current;
    if (message == null) {
      message =
          new Incoming(
              context,
              new Incoming.Room(
                  bounds.dataSets(),
                  address(),
                  limits.dataSetBytes(),
                  limits.idle().toMillis() / 2),
              Deadline.in(limits.receive()));
    }
    boolean last = (control & 2) != 0;
    message.add(context, (control & 1) != 0, last, values.array(), values.position(), length);
    values.position(values.position() + length);
    return message;
  }

  private void answer(TimedPdus in, OutputStream out, Negotiation negotiation, Incoming message)
      throws IOException, InterruptedException {
    CommandSet command = message.command();
    Accepted context = negotiation.accepted().get(message.context());
    if (context == null) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "A context that was not accepted");
    }
    if (command.field() == CommandSet.C_CANCEL_RQ || command.field() >= CommandSet.RESPONSE) {
      return;
    }
    byte[] response = command.response(services.of(negotiation.request(), context, message));
    int most = (int) Math.min(Math.max(negotiation.request().maxLength(), 0), 1 << 16);
    write(in, out, Pdu.values(message.context(), response, most < 128 ? 1 << 14 : most));
  }

  /** Says the last word and lets the peer close first, so that no reset swallows the word. */
  private void end(TimedPdus in, OutputStream out, byte[] word) throws IOException {
    write(in, out, word);
    in.ignore(Deadline.in(Duration.ofMillis(LINGER_MILLIS)));
  }

  private InetAddress address() {
    return socket.getInetAddress();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Closing failed", e);
    }
  }
}
