package org.osteon.service.canary;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.OperationFailedException;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.GroupDimension;
import org.osteon.event.KafkaFault;
import org.osteon.event.ModelDeployment;
import org.osteon.event.Performance;
import org.osteon.event.Period;
import org.osteon.event.Proportion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures that {@code osteon performance} publishes, where it runs: thirty days, all sites. A
 * canary is clearly worse where its whole 95 % interval lies below that of the active version.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class PublishedTruths implements Truths {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedTruths.class);

  private final Settings settings;
  private final Deserializer<Performance> deserializer;
  private final Duration every;
  private long lookedNanos;
  private boolean looked;
  private boolean told;

  /**
   * @param every how often the topic is read
   */
  public PublishedTruths(
      Settings settings, Deserializer<Performance> deserializer, Duration every) {
    this.settings = settings;
    this.deserializer = deserializer;
    this.every = every;
  }

  @Override
  public Optional<String> against(ModelDeployment canary, ModelDeployment active) {
    long now = System.nanoTime();
    if (looked && now - lookedNanos < every.toNanos()) {
      return Optional.empty();
    }
    looked = true;
    lookedNanos = now;
    String topic = settings.get(TopicKeys.PERFORMANCE);
    try {
      Collection<Performance> held =
          TopicWindow.latest(settings, topic, deserializer, TopicWindow.UNWATCHED).values();
      return worse(held, canary.getSha256(), active.getSha256());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaFault | KafkaException | OperationFailedException e) {
      if (!told) {
        told = true;
        LOG.info("A canary is judged without truths: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The sentence, or nothing. */
  static Optional<String> worse(Collection<Performance> held, String canary, String active) {
    Performance one = figures(held, canary);
    Performance other = figures(held, active);
    if (one == null || other == null) {
      return Optional.empty();
    }
    return worse("sensitivity", one.getSensitivity(), other.getSensitivity())
        .or(() -> worse("specificity", one.getSpecificity(), other.getSpecificity()));
  }

  private static Optional<String> worse(
      String what, @Nullable Proportion one, @Nullable Proportion other) {
    return one == null || other == null || one.getHigh() >= other.getLow()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "By what people found its %s is %.3f (%.3f to %.3f), the active version's %.3f (%.3f to %.3f).",
                what,
                one.getValue(),
                one.getLow(),
                one.getHigh(),
                other.getValue(),
                other.getLow(),
                other.getHigh()));
  }

  private static @Nullable Performance figures(Collection<Performance> held, String sha256) {
    return held.stream()
        .filter(one -> one.getModel().getSha256().equals(sha256))
        .filter(one -> one.getPeriod() == Period.THIRTY_DAYS)
        .filter(one -> one.getDimension() == GroupDimension.ALL && one.getFacility() == null)
        .max(Comparator.comparing(Performance::getToDay))
        .orElse(null);
  }
}
