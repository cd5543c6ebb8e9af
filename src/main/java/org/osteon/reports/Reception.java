package org.osteon.reports;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.preparser.PreParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a message to its acknowledgement: {@code AA} when the brokers have what it brings, {@code
 * AE} when it should be sent again, {@code AR} when that would be of no use. No word of a message
 * goes into the log or into an answer.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final String NO_MESSAGE =
      "MSH|^~\\&|OSTEON||||||ACK|0|P|2.5.1\rMSA|AR||It is no HL7 message: MSH is missing.\r";

  private final List<MessageHandler> handlers;
  private final HapiContext context;
  private final Consumer<AcknowledgmentCode> told;

  /**
   * @param told of each answer
   */
  Reception(List<MessageHandler> handlers, Consumer<AcknowledgmentCode> told) {
    this.handlers = List.copyOf(handlers);
    this.told = told;
    this.context = new DefaultHapiContext(ValidationContextFactory.noValidation());
    // HAPI's own keeps a counter in a file of the working folder, which may be read-only.
    context.getParserConfiguration().setIdGenerator(Reception::controlId);
    context.setModelClassFactory(new CanonicalModelClassFactory("2.5.1"));
  }

  /** Never throws for what a sender does. */
  String answer(String text) {
    Message message;
    PipeParser parser = new PipeParser(context);
    try {
      message = parser.parse(text);
    } catch (HL7Exception | RuntimeException e) {
      LOG.warn("A message was refused: it is no HL7 of a type that is known.");
      return refused(text);
    }
    try {
      return parser.encode(acknowledged(message, text));
    } catch (HL7Exception | IOException e) {
      LOG.warn("An acknowledgement could not be made: {}", e.getClass().getSimpleName());
      return refused(text);
    }
  }

  private Message acknowledged(Message message, String text) throws HL7Exception, IOException {
    String type = type(text);
    for (MessageHandler handler : handlers) {
      if (type.equals(handler.type())) {
        return handled(handler, message, text);
      }
    }
    LOG.info("A message was refused: its type is not taken here.");
    return refusal(
        message,
        AcknowledgmentCode.AR,
        new HL7Exception(
            "Messages of this type are not taken.", ErrorCode.UNSUPPORTED_MESSAGE_TYPE));
  }

  private Message handled(MessageHandler handler, Message message, String text)
      throws HL7Exception, IOException {
    try {
      handler.handle(message, text);
      Message taken = message.generateACK();
      told.accept(AcknowledgmentCode.AA);
      return taken;
    } catch (HL7Exception e) {
      LOG.warn("A message of type {} was refused: {}", handler.type(), e.getMessage());
      return refusal(message, AcknowledgmentCode.AR, e);
    } catch (RuntimeException e) {
      LOG.warn(
          "A message of type {} was not taken: {}", handler.type(), e.getClass().getSimpleName());
      return refusal(
          message,
          AcknowledgmentCode.AE,
          new HL7Exception(
              "It is not stored: send it again.", ErrorCode.APPLICATION_INTERNAL_ERROR));
    }
  }

  private Message refusal(Message message, AcknowledgmentCode code, HL7Exception why)
      throws HL7Exception, IOException {
    Message refusal = message.generateACK(code, why);
    told.accept(code);
    return refusal;
  }

  private static String type(String text) throws HL7Exception {
    String[] fields = PreParser.getFields(text, "MSH-9-1", "MSH-9-2");
    return fields[0] + "^" + fields[1];
  }

  /** The sender's own id goes back, so that it knows which message is meant. */
  private String refused(String text) {
    told.accept(AcknowledgmentCode.AR);
    try {
      String id = PreParser.getFields(text, "MSH-10")[0];
      return id == null
          ? NO_MESSAGE
          : "MSH|^~\\&|OSTEON||||||ACK|%s|P|2.5.1\rMSA|AR|%s|It cannot be read as HL7 v2.\r"
              .formatted(plain(id), plain(id));
    } catch (HL7Exception | RuntimeException e) {
      return NO_MESSAGE;
    }
  }

  private static String plain(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "");
  }

  /** At most twenty characters, as MSH-10 has them, and never the same after a restart. */
  private static String controlId() {
    return Long.toString(UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE, 36);
  }
}
