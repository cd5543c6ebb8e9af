package org.osteon.reports;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.PerformanceKeys;
import org.osteon.config.keys.ReportKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.fetch.Networks;
import org.osteon.gateway.BrokerLook;
import org.osteon.gateway.SiteNames;
import org.osteon.truth.TruthPublisher;

/**
 * {@code osteon truth listen}: reports come in by HL7 v2 and FHIR, truths go out; orders, where
 * they are joined to images.
 *
 * <p><b>Threading.</b> Started and closed by one thread.
 */
public final class ReportListener implements AutoCloseable {
  /** An engine waits some ten to thirty seconds for an answer. */
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(10);

  /** For what the producer still holds. */
  private static final Duration LAST = Duration.ofSeconds(15);

  private final MllpServer server;
  private final @Nullable FhirDoor fhir;
  private final Parts parts;

  /** What the doors need, closed behind them. */
  private record Parts(
      StudyIndex index,
      Producer<byte[], byte[]> producer,
      BrokerLook brokers,
      ListenerHealth health)
      implements AutoCloseable {
    @Override
    public void close() {
      health.close();
      brokers.close();
      producer.close(LAST);
      index.close();
    }
  }

  private ReportListener(MllpServer server, @Nullable FhirDoor fhir, Parts parts) {
    this.server = server;
    this.fhir = fhir;
    this.parts = parts;
  }

  /**
   * Listens from now on.
   *
   * @throws ConfigException the configuration cannot work
   * @throws KafkaFault the brokers do not answer or refuse
   * @throws IOException a port is taken
   */
  public static ReportListener start(Settings settings) throws IOException {
    SiteNames names = SiteNames.of(settings);
    ReportMapping mapping =
        settings
            .find(ReportKeys.MAPPING_FILE)
            .map(ReportMapping::read)
            .orElseGet(ReportMapping::standard);
    Networks networks = networks(settings);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    serdes.warm(TopicPlan.Writer.READER);
    if (TopicPlan.joinsOrders(settings)) {
      serdes.warm(TopicPlan.Writer.ORDERS);
    }
    Parts parts = parts(settings, serdes);
    try {
      TruthSink truths =
          new TruthPublisher(parts.producer, serdes, settings.get(TopicKeys.TRUTHS))::publish;
      AnsweredStudies studies = new AnsweredStudies(names, parts.index::of);
      List<MessageHandler> handlers =
          new ArrayList<>(List.of(new FinalReports(mapping, studies, truths)));
      if (TopicPlan.joinsOrders(settings)) {
        handlers.addAll(
            Orders.both(
                mapping,
                names,
                OrderNumbers.of(settings, parts.producer, serdes),
                new OrderPublisher(parts.producer, serdes, settings.get(TopicKeys.ORDERS))
                    ::publish));
      }
      Reception reception = new Reception(handlers, parts.health::answered);
      FhirDoor fhir = fhir(settings, mapping, studies, truths);
      try {
        MllpServer server =
            new MllpServer(
                settings.get(ReportKeys.HL7_PORT),
                SiteNames.tls(settings).orElse(null),
                networks::names,
                settings.get(ReportKeys.HL7_CONNECTIONS),
                reception::answer);
        parts.health.listens(true);
        return new ReportListener(server, fhir, parts);
      } catch (IOException e) {
        if (fhir != null) {
          fhir.close();
        }
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Parts parts(Settings settings, EventSerdes serdes) throws IOException {
    StudyIndex index = index(settings, serdes);
    Producer<byte[], byte[]> producer = PlainClients.producer(settings, patience());
    BrokerLook brokers = new BrokerLook(settings.kafkaClient());
    try {
      return new Parts(
          index,
          producer,
          brokers,
          new ListenerHealth(
              settings.find(ReportKeys.HEALTH_LISTEN).orElse(null), brokers::answers));
    } catch (IOException e) {
      brokers.close();
      producer.close(Duration.ZERO);
      index.close();
      throw e;
    }
  }

  private static @Nullable FhirDoor fhir(
      Settings settings, ReportMapping mapping, AnsweredStudies studies, TruthSink truths)
      throws IOException {
    Integer port = settings.find(ReportKeys.FHIR_PORT).orElse(null);
    if (port == null) {
      return null;
    }
    String token =
        TokenFile.read(ReportKeys.FHIR_TOKEN_FILE, settings.get(ReportKeys.FHIR_TOKEN_FILE));
    return new FhirDoor(
        new FhirDoor.Terms(port, SiteNames.tls(settings).orElse(null), token),
        mapping,
        studies,
        truths);
  }

  private static StudyIndex index(Settings settings, EventSerdes serdes) {
    try {
      return new StudyIndex(
          PlainClients.consumer(settings, Map.of("allow.auto.create.topics", false)),
          serdes.results().deserializer(),
          settings.get(TopicKeys.RESULTS),
          Instant.now().minus(settings.get(PerformanceKeys.HORIZON_DAYS)));
    } catch (KafkaException e) {
      throw KafkaFault.of("read topic " + settings.get(TopicKeys.RESULTS), e);
    }
  }

  private static Networks networks(Settings settings) {
    try {
      return new Networks(settings.list(ReportKeys.HL7_NETWORKS));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("reports.hl7.networks: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> patience() {
    int millis = (int) ACKNOWLEDGED.toMillis();
    return Map.of(
        "delivery.timeout.ms", millis,
        "request.timeout.ms", millis / 2,
        "max.block.ms", millis);
  }

  /** The port that is in force, also where 0 was asked for. */
  public int port() {
    return server.port();
  }

  /** The port for FHIR that is in force; empty where there is none. */
  public OptionalInt fhirPort() {
    return fhir == null ? OptionalInt.empty() : OptionalInt.of(fhir.port());
  }

  /** The port of probes and metrics that is in force; empty where there is none. */
  public OptionalInt healthPort() {
    return parts.health.port();
  }

  @Override
  public void close() {
    parts.health.listens(false);
    server.close();
    if (fhir != null) {
      fhir.close();
    }
    parts.close();
  }
}
