package org.osteon.topology.seen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ModelRef;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.RecordBytes;
import org.osteon.topology.seen.SeenEvents.Seen;

/**
 * Tells events that were answered, or are being answered, from new ones. A dead letter is no
 * answer: its event is tried again. An id that comes with another picture is no repeat either: it
 * would get the first picture's answer.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class Deduplication {
  /** Held for one event at most, with their bytes; what comes beyond is classified again. */
  private static final int TWINS = 16;

  private final @Nullable SeenEvents seen;
  private final DeduplicationSettings settings;
  private final Predicate<ModelRef> answers;
  private final Map<Identity, Flight> flights = new HashMap<>();

  /**
   * @param seen null where nothing is remembered
   * @param answers whether a version answers now: another one's answer is none of these
   */
  public Deduplication(
      @Nullable SeenEvents seen, DeduplicationSettings settings, Predicate<ModelRef> answers) {
    this.seen = seen;
    this.settings = settings;
    this.answers = answers;
  }

  private record Identity(String study, String eventId) {
    static Identity of(EventFacts event) {
      return new Identity(event.studyInstanceUid(), event.eventId());
    }
  }

  /** Reason of a dead letter. */
  private static final String REUSED = "EVENT_ID_REUSED";

  /**
   * An event on its way and those that wait for its answer.
   *
   * @param image of the event, whose bytes its record holds anyway
   */
  private record Flight(Pending first, Object image, List<Pending> twins) {}

  /**
   * How it ends because that event was answered before, or null where it was not.
   *
   * @param image of the event
   */
  public @Nullable Ending answered(Pending item, EventFacts event, Object image) {
    Seen found = seen == null ? null : seen.find(event);
    if (found == null) {
      return null;
    }
    if (!RecordBytes.sha256(image).equals(found.result().getImage().getSha256())) {
      return reused();
    }
    if (!answers.test(found.result().getModel())) {
      return null;
    }
    boolean sameRecord = found.offset() == item.origin.metadata().offset();
    return new Ending.Again(
        found.result(), !settings.drop() || (sameRecord && !settings.exactlyOnce()));
  }

  /**
   * Notes that an event is on its way, or how it joins one that is.
   *
   * @return null where it is on its way from now on
   */
  public @Nullable Joining joins(Pending item, EventFacts event, Object image) {
    if (seen == null) {
      return null;
    }
    Flight flight =
        flights.computeIfAbsent(
            Identity.of(event), identity -> new Flight(item, image, new ArrayList<>(0)));
    if (flight.first == item) {
      return null;
    }
    if (!RecordBytes.sha256(image).equals(RecordBytes.sha256(flight.image))) {
      return new Joining(reused());
    }
    if (flight.twins.size() >= TWINS) {
      return null;
    }
    flight.twins.add(item);
    return new Joining(null);
  }

  /**
   * An event whose id is on its way already.
   *
   * @param ending how it ends at once; null where it waits for the first one's answer
   */
  public record Joining(@Nullable Ending ending) {}

  private static Ending reused() {
    return new Ending.Unreadable(
        REUSED,
        "This study has an event of that id with another image: each image needs an id of its own.");
  }

  /**
   * To be called when an event was answered.
   *
   * @param result null where it became a dead letter
   * @param twin told of each that waited, with how it ends
   */
  public void ended(Pending item, @Nullable ClassificationResult result, Twin twin) {
    EventFacts event = item.event;
    Ending ending = item.ending;
    if (seen == null
        || event == null
        || ending == null
        || ending instanceof Ending.Again
        || (ending instanceof Ending.Unreadable unreadable && unreadable.reason().equals(REUSED))) {
      return;
    }
    if (result != null) {
      seen.remember(event, result, item.origin.metadata().offset());
    }
    Flight flight = flights.get(Identity.of(event));
    if (flight != null && flight.first == item) {
      flights.remove(Identity.of(event));
      for (Pending each : flight.twins) {
        twin.ends(each, result == null ? ending : new Ending.Again(result, !settings.drop()));
      }
    }
  }

  /** Told how one ends that waited. */
  @FunctionalInterface
  public interface Twin {
    void ends(Pending item, Ending ending);
  }
}
