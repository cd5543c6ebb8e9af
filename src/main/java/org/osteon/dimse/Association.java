package org.osteon.dimse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.osteon.dimse.Negotiation.Accepted;
import org.osteon.dimse.Pdu.Rejection;
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
  private final StorageHandler handler;
  private final Semaphore associations;
  private final Semaphore room;
  private volatile boolean busy;

  Association(
      Socket socket,
      ScpSettings settings,
      StorageHandler handler,
      Semaphore associations,
      Semaphore room) {
    this.socket = socket;
    this.settings = settings;
    this.handler = handler;
    this.associations = associations;
    this.room = room;
  }

  /** Whether an instance is being stored. */
  boolean isBusy() {
    return busy;
  }

  @Override
  public void run() {
    boolean permitted = associations.tryAcquire();
    try (socket) {
      socket.setSoTimeout(Math.toIntExact(settings.idle().toMillis()));
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      OutputStream out = socket.getOutputStream();
      try {
        converse(in, out, permitted);
      } catch (ProtocolException e) {
        LOG.warn("{} broke the protocol: {}", address(), e.getMessage());
        end(in, out, Pdu.abort(e.reason()));
      } catch (SocketTimeoutException e) {
        LOG.info("{} said nothing for too long", address());
        end(in, out, Pdu.abort(0));
      }
    } catch (IOException e) {
      LOG.info("The connection of {} ended: {}", address(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (permitted) {
        associations.release();
      }
    }
  }

  private void converse(InputStream in, OutputStream out, boolean permitted)
      throws IOException, InterruptedException {
    Pdu first = Pdu.read(in);
    if (first == null) {
      return;
    }
    if (first.type() != Pdu.ASSOCIATE_RQ) {
      throw new ProtocolException(ProtocolException.UNEXPECTED_PDU, "No association was requested");
    }
    AssociateRequest request = AssociateRequest.parse(first.body());
    Rejection rejection = permitted ? rejection(request) : Rejection.TOO_MANY;
    if (rejection != null) {
      LOG.warn("An association from {} is rejected: {}", address(), rejection);
      end(in, out, Pdu.reject(rejection));
      return;
    }
    Negotiation negotiation =
        Negotiation.of(request, settings.sopClasses(), settings.transferSyntaxes());
    out.write(negotiation.accept());
    out.flush();
    serve(in, out, negotiation);
  }

  private @Nullable Rejection rejection(AssociateRequest request) {
    if ((request.version() & 1) == 0) {
      return Rejection.PROTOCOL_VERSION;
    }
    if (!request.applicationContext().equals(Uid.APPLICATION_CONTEXT)) {
      return Rejection.APPLICATION_CONTEXT;
    }
    if (!settings.titles().contains(request.called())) {
      return Rejection.CALLED_TITLE;
    }
    return settings.peers().allowed(request.calling(), address()) ? null : Rejection.CALLING_TITLE;
  }

  private void serve(InputStream in, OutputStream out, Negotiation negotiation)
      throws IOException, InterruptedException {
    Incoming message = null;
    try {
      while (true) {
        Pdu pdu = Pdu.read(in);
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
            answer(out, negotiation, message);
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
          new Incoming(context, room, settings.maxDataSetBytes(), settings.idle().toMillis() / 2);
    }
    boolean last = (control & 2) != 0;
    message.add(context, (control & 1) != 0, last, values.array(), values.position(), length);
    values.position(values.position() + length);
    return message;
  }

  private void answer(OutputStream out, Negotiation negotiation, Incoming message)
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
    byte[] response = command.response(status(negotiation, context, command, message));
    int most = (int) Math.min(Math.max(negotiation.request().maxLength(), 0), 1 << 16);
    write(out, message.context(), response, most < 128 ? 1 << 14 : most);
  }

  private StoreStatus status(
      Negotiation negotiation, Accepted context, CommandSet command, Incoming message)
      throws InterruptedException {
    if (command.field() == CommandSet.C_ECHO_RQ) {
      return StoreStatus.SUCCESS;
    }
    boolean echoContext = context.abstractSyntax().equals(Uid.VERIFICATION);
    if (command.field() != CommandSet.C_STORE_RQ || echoContext) {
      return StoreStatus.UNRECOGNISED;
    }
    if (!command.sopClass().equals(context.abstractSyntax())) {
      return StoreStatus.WRONG_CLASS;
    }
    if (message.hadNoRoom()) {
      return StoreStatus.outOfResources("too many instances at once");
    }
    if (message.isTooLarge()) {
      return StoreStatus.notUnderstood("larger than image.max.bytes");
    }
    busy = true;
    try {
      return handler.store(
          new StorageHandler.Instance(
              negotiation.request().calling(),
              negotiation.request().called(),
              command.sopClass(),
              command.sopInstance(),
              context.transferSyntax(),
              message.dataSet()));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("An instance could not be stored", e);
      return StoreStatus.outOfResources("internal error");
    } finally {
      busy = false;
    }
  }

  /** In as many values as the peer's longest PDU asks for. */
  private static void write(OutputStream out, int context, byte[] command, int most)
      throws IOException {
    int fragment = most - 6;
    for (int at = 0; at < command.length; at += fragment) {
      int length = Math.min(fragment, command.length - at);
      boolean last = at + length == command.length;
      ByteBuffer value = ByteBuffer.allocate(6 + length);
      value.putInt(length + 2).put((byte) context).put((byte) (last ? 3 : 1));
      value.put(command, at, length);
      out.write(Pdu.bytes(Pdu.P_DATA, value.array()));
    }
    out.flush();
  }

  /** Says the last word and lets the peer close first, so that no reset swallows the word. */
  private void end(InputStream in, OutputStream out, byte[] word) throws IOException {
    out.write(word);
    out.flush();
    socket.setSoTimeout(LINGER_MILLIS);
    byte[] ignored = new byte[4096];
    long until = System.nanoTime() + LINGER_MILLIS * 1_000_000L;
    try {
      while (System.nanoTime() - until < 0 && in.read(ignored) >= 0) {
        // Whatever it still says comes too late.
      }
    } catch (SocketTimeoutException e) {
      LOG.debug("{} leaves closing to us", address());
    }
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
