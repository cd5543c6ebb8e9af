package org.osteon.deliver;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.deliver.destination.Target;
import org.osteon.event.ClassificationResult;
import org.osteon.identity.IdentitySeal;
import org.osteon.limit.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings results to one target: at least once, and as often as that the same objects. An attempt is
 * committed before it is made, its end after it: a process that is killed in between sends the same
 * once more, and one that dies of a result gives that up in the end.
 *
 * <p><b>Threading.</b> A thread of its own; {@link #stop} by any.
 */
final class TargetWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TargetWorker.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);

  private final Plan plan;
  private final Inbox inbox;
  private final Target target;
  private final Owners owners;
  private final Undeliverables undeliverables;
  private final TargetMeters meters;
  private final Backoff backoff;
  private volatile boolean stopped;
  private volatile @Nullable String fatal;
  private volatile boolean troubled;
  private int awayInARow;
  private long awayUntil = System.nanoTime();

  /**
   * What a target is held to.
   *
   * @param name its name
   * @param attempts after which it is given up
   * @param backoff longest wait
   */
  record Plan(String name, int attempts, Duration backoff) {}

  /** Closes neither the target nor what others share. */
  TargetWorker(
      Plan plan,
      Inbox inbox,
      Target target,
      Owners owners,
      Undeliverables undeliverables,
      TargetMeters meters) {
    this.plan = plan;
    this.inbox = inbox;
    this.target = target;
    this.owners = owners;
    this.undeliverables = undeliverables;
    this.meters = meters;
    this.backoff = new Backoff(FIRST_WAIT, plan.backoff());
  }

  /** Why it gave up; null while it has not. */
  @Nullable String fatal() {
    return fatal;
  }

  /** Whether it has partitions, and Kafka and registry answer. */
  boolean isReady() {
    return inbox.isAssigned() && !troubled;
  }

  String name() {
    return plan.name();
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try (inbox) {
      while (!stopped) {
        try {
          step();
          troubled = false;
        } catch (CommitFailedException | RebalanceInProgressException | WakeupException e) {
          LOG.debug("The partitions are somebody else's by now", e);
        } catch (RuntimeException e) {
          if (!Passing.is(e)) {
            throw e;
          }
          troubled = true;
          LOG.warn("Target {} waits: {}", plan.name(), e.getClass().getSimpleName());
          TimeUnit.MILLISECONDS.sleep(500);
        }
      }
      inbox.commit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Target {} ended", plan.name(), e);
      fatal = String.valueOf(e.getMessage());
    }
  }

  private void step() throws InterruptedException {
    long now = System.nanoTime();
    boolean away = now - awayUntil < 0;
    inbox.take(due(away).isPresent() ? Duration.ZERO : POLL);
    meters.stands(inbox.backlog(), inbox.oldestFinding());
    Optional<Item> next = due(System.nanoTime() - awayUntil < 0);
    if (next.isPresent()) {
      attempt(next.get());
    } else {
      inbox.commitIfChanged();
    }
  }

  /** What raises an alert first, then what waited longest. */
  private Optional<Item> due(boolean away) {
    long now = System.nanoTime();
    return away
        ? Optional.empty()
        : inbox.open().stream()
            .filter(item -> item.isDue(now) && inbox.mayGo(item))
            .min(
                Comparator.comparing((Item item) -> !inbox.isUrgent(item))
                    .thenComparing(item -> item.origin().timestamp()));
  }

  private void attempt(Item item) throws InterruptedException {
    ClassificationResult result = item.result();
    if (result == null) {
      give(item, new Outcome.Refused(Reasons.UNREADABLE, "It is no result."));
      return;
    }
    if (item.attempts() >= plan.attempts()) {
      give(
          item,
          new Outcome.Refused(
              Reasons.TOO_OFTEN, "Tried " + item.attempts() + " times without an end."));
      return;
    }
    item.tried();
    inbox.commit();
    Optional<Delivery> delivery;
    try {
      delivery = owners.delivery(result, item.source().getTimestamp());
    } catch (IdentitySeal.UnopenedException e) {
      give(item, new Outcome.Refused(Reasons.NO_IDENTITY, String.valueOf(e.getMessage())));
      return;
    } catch (RuntimeException e) {
      item.wasNotTried();
      throw e;
    }
    if (delivery.isEmpty()) {
      give(
          item,
          new Outcome.Refused(
              Reasons.NO_IDENTITY, "No identity is kept of it: it was deleted, or never written."));
      return;
    }
    ended(item, delivery.get(), sent(delivery.get()));
  }

  private Outcome sent(Delivery delivery) throws InterruptedException {
    try {
      return target.send(delivery);
    } catch (RuntimeException e) {
      LOG.error("Target {} failed at a result", plan.name(), e);
      return new Outcome.NotNow(e.getClass().getSimpleName());
    }
  }

  private void ended(Item item, Delivery delivery, Outcome outcome) {
    if (!(outcome instanceof Outcome.Away)) {
      awayInARow = 0;
    }
    if (outcome instanceof Outcome.Delivered) {
      meters.attempted("delivered");
      meters.delivered();
      inbox.finished(item);
    } else if (outcome instanceof Outcome.Away away) {
      meters.attempted("away");
      item.wasNotTried();
      Duration wait = backoff.after(++awayInARow);
      awayUntil = System.nanoTime() + wait.toNanos();
      // Behind the others next time: if it is this one that gets no answer, it does not hold them.
      item.waitUntil(awayUntil + wait.toNanos());
      LOG.warn(
          "Target {} is away, asked again in {} ms: {}",
          plan.name(),
          wait.toMillis(),
          Scrubbing.of(away.words(), delivery.original()));
    } else if (outcome instanceof Outcome.NotNow later) {
      String words = Scrubbing.of(later.words(), delivery.original());
      if (item.attempts() >= plan.attempts()) {
        give(item, new Outcome.Refused(Reasons.TOO_OFTEN, words));
        return;
      }
      meters.attempted("later");
      item.waitUntil(System.nanoTime() + backoff.after(item.attempts()).toNanos());
      LOG.warn("Target {} does not take a result now: {}", plan.name(), words);
    } else if (outcome instanceof Outcome.Refused refused) {
      String words = Scrubbing.of(refused.words(), delivery.original());
      give(item, new Outcome.Refused(refused.reason(), words));
    }
  }

  /** In {@code topics.undelivered} before it is done here. */
  private void give(Item item, Outcome.Refused refused) {
    undeliverables.add(plan.name(), item, refused);
    meters.attempted("refused");
    meters.undelivered(refused.reason());
    LOG.warn("Target {} never gets a result: {}", plan.name(), refused.words());
    inbox.finished(item);
  }
}
