package org.osteon.dimse;

import org.osteon.dimse.Negotiation.Accepted;
import org.osteon.dimse.pdu.AssociateRequest;
import org.osteon.dimse.pdu.ProtocolException;
import org.osteon.dimse.pdu.Uid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an association can be asked for: verification, storage, and the report of a storage
 * commitment.
 *
 * <p><b>Threading.</b> The association's; {@link #isBusy} from any.
 */
final class Services {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final StorageHandler handler;
  private volatile boolean busy;

  Services(StorageHandler handler) {
    this.handler = handler;
  }

  /** Whether an instance is being stored. */
  boolean isBusy() {
    return busy;
  }

  /**
   * Does what a whole message asks for.
   *
   * @param context in which it came
   */
  StoreStatus of(AssociateRequest request, Accepted context, Incoming message)
      throws ProtocolException, InterruptedException {
    CommandSet command = message.command();
    if (command.field() == CommandSet.C_ECHO_RQ) {
      return StoreStatus.SUCCESS;
    }
    if (command.field() == CommandSet.N_EVENT_REPORT_RQ
        && context.abstractSyntax().equals(Commitment.SOP_CLASS)) {
      return reported(message);
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
              request.calling(),
              request.called(),
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

  private StoreStatus reported(Incoming message) {
    if (message.hadNoRoom() || message.isTooLarge()) {
      return StoreStatus.outOfResources("a report that is too large");
    }
    try {
      return handler.reported(Commitment.report(message.dataSet()));
    } catch (ProtocolException e) {
      return StoreStatus.notUnderstood("a report that contradicts itself");
    }
  }
}
