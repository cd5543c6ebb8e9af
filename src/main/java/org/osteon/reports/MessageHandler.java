package org.osteon.reports;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;

/**
 * What is done with messages of one type; {@link Reception} has one for each that it takes.
 *
 * <p><b>Threading.</b> Called by each connection's thread.
 */
interface MessageHandler {
  /** Type and event as MSH-9 has them, {@code ORU^R01}. */
  String type();

  /**
   * Returns when what the message brings is with the brokers.
   *
   * @param message of HL7 2.5.1, whatever version it came in
   * @param text as it came
   * @throws HL7Exception it cannot be understood, and sending it again is of no use
   * @throws org.osteon.event.KafkaFault the brokers do not have it: it may be sent again
   */
  void handle(Message message, String text) throws HL7Exception;
}
