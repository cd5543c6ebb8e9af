package org.osteon.event.topics;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osteon.event.CanaryStanding;
import org.osteon.event.DeploymentMode;
import org.osteon.event.KafkaFault;
import org.osteon.event.ModelDeployment;

/**
 * What {@code topics.models} says of the version that answers a share of the studies: which it is,
 * how it stands at each replica, how it ended. Standings and decisions have keys that name the one
 * deployment they are about, see {@link CanaryKeys}: whatever is written late, twice or by several
 * at once concerns that one and no later one.
 *
 * <p><b>Threading.</b> That of the topic.
 */
public final class CanaryRecords {
  private static final String CANARY = "canary";

  private final DeploymentTopic topic;

  CanaryRecords(DeploymentTopic topic) {
    this.topic = topic;
  }

  /** What answers a share of the studies, as far as was read; not once it is decided on. */
  public Optional<ModelDeployment> current() {
    return current(topic.latest());
  }

  /**
   * The same of someone else's reading.
   *
   * @param latest of {@code topics.models}, by key
   */
  public static Optional<ModelDeployment> current(Map<String, ModelDeployment> latest) {
    return Optional.ofNullable(latest.get(CANARY))
        .filter(deployment -> deployment.getMode() == DeploymentMode.CANARY)
        .filter(deployment -> !latest.containsKey(CanaryKeys.decision(deployment)));
  }

  /** How the last one ended, as far as was read. */
  public Optional<ModelDeployment> decision() {
    return decision(topic.latest());
  }

  /**
   * The same of someone else's reading.
   *
   * @param latest of {@code topics.models}, by key
   */
  public static Optional<ModelDeployment> decision(Map<String, ModelDeployment> latest) {
    return latest.entrySet().stream()
        .filter(entry -> CanaryKeys.isDecision(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(one -> one.getDecidedAt() != null)
        .max(Comparator.comparing(ModelDeployment::getDecidedAt));
  }

  /** How one stands at each replica, as far as was read. */
  public List<CanaryStanding> standings(ModelDeployment canary) {
    return topic.latest().entrySet().stream()
        .filter(entry -> CanaryKeys.isStanding(entry.getKey(), canary))
        .map(entry -> entry.getValue().getStanding())
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Says how one stands at a replica.
   *
   * @param replica id of this run of the replica: what it saw before a restart goes on counting
   * @throws KafkaFault where it could not be published
   */
  public void stands(ModelDeployment canary, String replica, CanaryStanding standing) {
    topic.write(
        records ->
            records.put(
                CanaryKeys.standing(canary, replica),
                ModelDeployment.newBuilder(canary).setStanding(standing).build()));
  }

  /**
   * Takes one away.
   *
   * @param by who decides
   * @throws KafkaFault where it could not be published
   */
  public void withdraw(ModelDeployment canary, String reason, String by) {
    decide(canary, DeploymentMode.WITHDRAWN, reason, by);
  }

  /**
   * Makes one the active version.
   *
   * @param running what answers now, for the way back where nothing was deployed; null where that
   *     is not known
   * @throws KafkaFault where it could not be published
   */
  public void promote(
      ModelDeployment canary, String reason, String by, @Nullable ModelDeployment running) {
    topic.activate(
        ModelDeployment.newBuilder(canary)
            .setMode(DeploymentMode.ACTIVE)
            .setShare(null)
            .setReason(reason)
            .setDeployedAt(Instant.now(Clock.systemUTC()))
            .setDeployedBy(by)
            .build(),
        running);
    decide(canary, DeploymentMode.PROMOTED, reason, by);
  }

  /** Another one begins: what was said of those before it is forgotten. */
  void begin(ModelDeployment next, DeploymentTopic.Writer records) {
    for (String key : List.copyOf(topic.latest().keySet())) {
      if (CanaryKeys.isOfAnother(key, next)) {
        records.put(key, null);
      }
    }
    records.put(CANARY, next);
  }

  /**
   * A version becomes the active one. Where it was on trial, or the one that it replaces was, that
   * is over: else a way back would bring the trial back too.
   */
  void isActive(
      Optional<ModelDeployment> before, ModelDeployment next, DeploymentTopic.Writer records) {
    ModelDeployment canary = current().orElse(null);
    if (canary == null) {
      return;
    }
    boolean was = before.filter(one -> one.getSha256().equals(canary.getSha256())).isPresent();
    if (was || next.getSha256().equals(canary.getSha256())) {
      end(canary, DeploymentMode.PROMOTED, "Deployed by hand.", next.getDeployedBy(), records);
    }
  }

  private void decide(ModelDeployment canary, DeploymentMode how, String reason, String by) {
    topic.write(records -> end(canary, how, reason, by, records));
  }

  private void end(
      ModelDeployment canary,
      DeploymentMode how,
      String reason,
      String by,
      DeploymentTopic.Writer records) {
    records.put(
        CanaryKeys.decision(canary),
        ModelDeployment.newBuilder(canary)
            .setMode(how)
            .setReason(reason)
            .setDecidedAt(Instant.now(Clock.systemUTC()))
            .setDeployedBy(by)
            .build());
    for (String key : List.copyOf(topic.latest().keySet())) {
      if (CanaryKeys.isStanding(key, canary)) {
        records.put(key, null);
      }
    }
  }
}
