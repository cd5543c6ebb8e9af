package org.osteon.demo.roundtrip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.EventPublisher;
import org.osteon.client.OperationFailedException;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.DeploymentMode;
import org.osteon.event.DicomUid;
import org.osteon.event.InlineImage;
import org.osteon.event.Label;
import org.osteon.event.ModelDeployment;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.model.ModelVersion;
import org.osteon.performance.PerformanceProcess;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;
import org.osteon.truth.TruthIds;
import org.osteon.truth.TruthPublisher;

/**
 * A department: it takes radiographs, the service answers, and its people say what they found.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Clinic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 500;

  private final Settings settings;
  private final OsteonService service;
  private final PerformanceProcess performance;
  private final EventPublisher events;
  private final Producer<byte[], byte[]> producer;

  Clinic(Settings settings) throws IOException {
    this.settings = settings;
    this.service = OsteonService.start(settings, Hooks.none());
    this.performance = PerformanceProcess.start(settings);
    this.events = new EventPublisher(settings);
    this.producer = PlainClients.producer(settings);
  }

  OsteonService service() {
    return service;
  }

  /**
   * Takes radiographs of so many patients, says what they show, and waits until that is counted.
   *
   * @param first seed; each seed is one patient
   * @param versions that answer
   */
  void examine(Room room, long first, int count, String... versions) throws InterruptedException {
    long before = told(room, versions);
    List<Truth> truths = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      Radiograph taken = room.take(seed);
      String id = room.station() + "-" + seed;
      String study = DicomUid.of(id);
      events.throwIfFailed();
      var unused = events.publish(event(room, id, study, taken));
      truths.add(truth(study, Label.valueOf(taken.kind().name())));
    }
    events.awaitAll();
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    new TruthPublisher(producer, serdes, settings.get(TopicKeys.TRUTHS)).publish(truths);
    await(count + " studies counted", () -> told(room, versions) >= before + count);
  }

  private long told(Room room, String... versions) throws InterruptedException {
    Figures figures = Figures.read(settings);
    return Arrays.stream(versions).mapToLong(version -> figures.told(version, room)).sum();
  }

  private static XRayEvent event(Room room, String id, String study, Radiograph taken) {
    return XRayEvent.newBuilder()
        .setEventId(id)
        .setStudyInstanceUid(study)
        .setBodyPart(taken.bodyPart())
        .setFacility("clinic")
        .setPublishedAt(now())
        .setContentType("image/jpeg")
        .setAttributes(Map.of("station", room.station()))
        .setImage(new InlineImage(ByteBuffer.wrap(taken.jpeg())))
        .build();
  }

  private static Truth truth(String study, Label label) {
    Truth truth =
        Truth.newBuilder()
            .setTruthId("")
            .setStudyInstanceUid(study)
            .setLabel(label)
            .setRole(TruthRole.FOLLOW_UP)
            .setStatus(TruthStatus.FINAL)
            .setSawAnswer(false)
            .setSaidAt(now())
            .setPublishedAt(now())
            .build();
    truth.setTruthId(TruthIds.of(truth));
    return truth;
  }

  /**
   * Says which version answers, runs beside, or answers a share of the studies, from now on.
   *
   * @param share of the studies, of a canary; null of others
   */
  void deploy(ModelVersion version, DeploymentMode mode, @Nullable Double share) {
    try (DeploymentTopic topic = deployments()) {
      topic.publish(
          ModelDeployment.newBuilder()
              .setName(version.manifest().name())
              .setVersion(version.manifest().version())
              .setSha256(version.sha256())
              .setUri(version.folder().toUri().toString())
              .setMode(mode)
              .setShare(share)
              .setDeployedAt(now())
              .setDeployedBy("round-trip")
              .build());
    }
  }

  /** How the last canary ended, as far as one did. */
  Optional<ModelDeployment> canaryEnded() {
    try (DeploymentTopic topic = deployments()) {
      return topic.canaries().decision();
    }
  }

  private DeploymentTopic deployments() {
    return new DeploymentTopic(settings, new EventSerdes(Registry.connect(settings), settings))
        .readToEnd();
  }

  /**
   * Waits for something that others bring about.
   *
   * @throws OperationFailedException it does not come, or the service has stopped
   */
  void await(String what, Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      service
          .health()
          .fatal()
          .ifPresent(
              why -> {
                throw new OperationFailedException("The service stopped: " + why);
              });
      if (System.nanoTime() > end) {
        throw new OperationFailedException(
            "Waited %d minutes for: %s.".formatted(PATIENCE.toMinutes(), what));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static boolean holds(Callable<Boolean> condition) throws InterruptedException {
    try {
      return condition.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    producer.close();
    events.close();
    performance.close();
    service.close();
  }
}
