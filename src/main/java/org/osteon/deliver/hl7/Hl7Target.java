package org.osteon.deliver.hl7;

import ca.uhn.hl7v2.HL7Exception;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.deliver.destination.Target;

/**
 * A receiver of HL7 v2. One message at a time, over a connection that stays; what gets no
 * acknowledgement is the same message again, byte for byte, until it gets one.
 *
 * <p><b>Threading.</b> One thread sends; {@link #close} by any.
 */
public final class Hl7Target implements Target {
  private final Hl7Settings settings;
  private final Duration patience;
  private final ResultMessages messages;
  private volatile @Nullable MllpConnection connection;

  /**
   * @param patience to connect, and for each acknowledgement
   */
  public Hl7Target(Hl7Settings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    this.messages = new ResultMessages(settings);
  }

  @Override
  public Outcome send(Delivery delivery) {
    String message;
    try {
      message = messages.of(delivery);
    } catch (HL7Exception e) {
      return new Outcome.Refused(
          Reasons.UNREADABLE, "No message can be made of it: " + e.getMessage());
    }
    Acknowledgement answer;
    try {
      answer = Acknowledgement.read(exchanged(message));
    } catch (IOException e) {
      close();
      return new Outcome.Away(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    if (!answer.isOf(ResultMessages.controlId(delivery.result()))) {
      // Whatever else is under way on this connection is not for us to sort out.
      close();
      return new Outcome.Away("It acknowledged another message.");
    }
    return answer.outcome();
  }

  private String exchanged(String message) throws IOException {
    MllpConnection kept = connection;
    if (kept != null) {
      try {
        return kept.exchange(message);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // Receivers end connections that were idle: the same again on a new one.
        close();
      }
    }
    MllpConnection opened = MllpConnection.open(settings, patience);
    connection = opened;
    return opened.exchange(message);
  }

  @Override
  public void close() {
    MllpConnection ended = connection;
    connection = null;
    if (ended != null) {
      ended.close();
    }
  }
}
