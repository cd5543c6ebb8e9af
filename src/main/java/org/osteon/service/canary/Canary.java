package org.osteon.service.canary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.event.CanaryStanding;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.CanaryRecords;
import org.osteon.service.meters.CanaryMeters;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.model.DecisionPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the canary that {@code topics.models} names, says there how it stands here, and has it
 * withdrawn or promoted.
 *
 * <p>Any replica that has clear evidence withdraws it for all. A promotion takes the sum of what
 * all replicas saw, and none that could not run it.
 *
 * <p><b>Threading.</b> One thread at a time; images come on others, see {@link CanaryLane}.
 */
public final class Canary implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
  private static final String BY = "osteon, by its own limits";
  private static final Duration NEWS = Duration.ofSeconds(5);
  private static final Duration ALIVE = Duration.ofMinutes(1);

  private final String replica = UUID.randomUUID().toString();
  private final Clock clock = Clock.systemUTC();
  private final ActiveModels models;
  private final Limits limits;
  private final CanaryMeters meters;
  private final Function<ModelDeployment, OnTrial> loader;
  private final Truths truths;
  private @Nullable ModelDeployment deployed;
  private @Nullable Running running;
  private @Nullable CanaryStanding said;

  /** What runs. */
  private record Running(OnTrial model, Guard guard, CanaryLane lane) {}

  /**
   * @param models told of the candidate
   * @param loader finds, verifies, loads and warms
   * @param truths what people found in the end
   */
  public Canary(
      Settings settings,
      ActiveModels models,
      CanaryMeters meters,
      Function<ModelDeployment, OnTrial> loader,
      Truths truths) {
    this.models = models;
    this.limits = Limits.of(settings);
    this.meters = meters;
    this.loader = loader;
    this.truths = truths;
  }

  /** Whether a version is loaded for it. */
  public boolean runs() {
    return running != null;
  }

  /**
   * Brings what runs here to what is deployed; returns whether that went well. What was refused is
   * tried again when this is called again.
   *
   * @param next null for none
   */
  public boolean deploy(@Nullable ModelDeployment next) {
    stop();
    deployed = next;
    said = null;
    if (next == null) {
      return true;
    }
    try {
      start(next, loader.apply(next));
      return true;
    } catch (RuntimeException e) {
      meters.refused();
      LOG.error("{} It does not run as the canary here; the active one answers.", e.getMessage());
      return false;
    }
  }

  private void start(ModelDeployment next, OnTrial model) {
    double share = next.getShare() == null ? 0 : next.getShare();
    Guard guard = new Guard(limits, model.onCpu(), clock);
    DecisionPolicy policy = model.policy();
    CanaryLane lane =
        new CanaryLane(model.pipeline(), policy, share, limits.patience(), guard, meters);
    running = new Running(model, guard, lane);
    meters.shows(policy.identity(), share);
    models.candidateIs(lane);
    model.lost().thenAccept(lane::lose);
    LOG.info("{} answers {} of the studies, as the canary", model.label(), share);
  }

  /**
   * Says how it stands, withdraws or promotes it.
   *
   * @param active what answers now, as a deployment
   */
  public void judge(CanaryRecords records, ModelDeployment active) {
    ModelDeployment canary = deployed;
    if (canary == null) {
      return;
    }
    Running now = running;
    if (now != null) {
      now.model.pipeline().trouble().ifPresent(now.lane::lose);
      truths.against(canary, active).ifPresent(now.guard::lose);
      String breach = now.guard.breach().orElse(null);
      if (breach != null) {
        LOG.error("The canary {} is withdrawn; nothing else changes. {}", label(canary), breach);
        records.withdraw(canary, breach, BY);
        meters.withdrawn();
        return;
      }
    }
    tell(records, canary, active);
    Promotion promotion = new Promotion(limits);
    String why =
        promotion
            .due(canary, records.standings(canary), active.getSha256(), clock.instant())
            .orElse(null);
    if (why != null && now != null) {
      LOG.info("The canary {} is promoted. {}", label(canary), why);
      records.promote(canary, why, BY, active);
      meters.promoted();
    }
  }

  private void tell(CanaryRecords records, ModelDeployment canary, ModelDeployment active) {
    Running now = running;
    Instant time = clock.instant();
    CanaryStanding standing =
        now == null
            ? new CanaryStanding(active.getSha256(), true, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, time)
            : now.guard.standing(active.getSha256());
    CanaryStanding before = said;
    boolean news =
        before == null
            || !CanaryStanding.newBuilder(standing)
                .setUpdatedAt(before.getUpdatedAt())
                .build()
                .equals(before);
    Duration age = before == null ? ALIVE : Duration.between(before.getUpdatedAt(), time);
    if (age.compareTo(news ? NEWS : ALIVE) >= 0) {
      records.stands(canary, replica, standing);
      said = standing;
    }
  }

  /** Nothing answers as the canary any more; what it holds is answered by the active version. */
  public void stop() {
    Running before = running;
    if (before == null) {
      return;
    }
    running = null;
    before.lane.stop();
    models.candidateIs(null);
    meters.hides();
    LOG.info("{} is the canary no longer", before.model.label());
    before.model.close();
  }

  @Override
  public void close() {
    stop();
  }

  private static String label(ModelDeployment one) {
    return one.getName() + "/" + one.getVersion();
  }
}
