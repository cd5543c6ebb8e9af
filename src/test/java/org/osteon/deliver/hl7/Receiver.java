package org.osteon.deliver.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.StandardSocketFactory;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** HAPI's own server, strict in what it takes, which answers as it is told and then with AA. */
final class Receiver implements AutoCloseable {
  final List<Message> received = new CopyOnWriteArrayList<>();
  private final Queue<AcknowledgmentCode> answers = new ArrayDeque<>();
  private final HapiContext context = new DefaultHapiContext();
  private final HL7Service service;

  Receiver(int port, @Nullable SSLContext tls) throws InterruptedException {
    context.setLowerLayerProtocol(lower());
    // Its own default counts in a file of the working folder.
    context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
    context.setValidationContext(ValidationContextFactory.defaultValidation());
    if (tls != null) {
      context.setSocketFactory(
          new StandardSocketFactory() {
            @Override
            public ServerSocket createTlsServerSocket() throws IOException {
              return tls.getServerSocketFactory().createServerSocket();
            }
          });
    }
    service = context.newServer(port, tls != null);
    service.registerApplication(
        "ORU",
        "R01",
        new ReceivingApplication<Message>() {
          @Override
          public Message processMessage(Message message, Map<String, Object> metadata)
              throws HL7Exception {
            return answer(message);
          }

          @Override
          public boolean canProcess(Message message) {
            return true;
          }
        });
    service.startAndWait();
  }

  /** What the next messages are answered with. */
  synchronized void answers(AcknowledgmentCode... next) {
    answers.addAll(List.of(next));
  }

  private synchronized Message answer(Message message) throws HL7Exception {
    received.add(message);
    AcknowledgmentCode code = answers.poll();
    try {
      return code == null || code == AcknowledgmentCode.AA
          ? message.generateACK()
          : message.generateACK(code, new HL7Exception("no room for INVENTED^IDA"));
    } catch (IOException e) {
      throw new HL7Exception(e);
    }
  }

  private static MinLowerLayerProtocol lower() {
    return new MinLowerLayerProtocol(true);
  }

  @Override
  public void close() throws IOException {
    service.stopAndWait();
    context.close();
  }
}
