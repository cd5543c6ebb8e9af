package org.osteon.topology.seen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ModelRef;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.seen.SeenEvents.Seen;

/**
 * Tells events that were answered, or are being answered, from new ones. A dead letter is no
 * answer: its event is tried again.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class Deduplication {
  /** Held for one event at most, with their bytes; what comes beyond is classified again. */
  private static final int TWINS = 16;

  private final @Nullable SeenEvents seen;
  private final DeduplicationSettings settings;
  private final Supplier<ModelRef> model;
  private final Map<Identity, Flight> flights = new HashMap<>();

  /**
   * @param seen null where nothing is remembered
   * @param model that answers now: another version's answer is no answer of this one's
   */
  public Deduplication(
      @Nullable SeenEvents seen, DeduplicationSettings settings, Supplier<ModelRef> model) {
    this.seen = seen;
    this.settings = settings;
    this.model = model;
  }

  private record Identity(String study, String eventId) {
    static Identity of(EventFacts event) {
      return new Identity(event.studyInstanceUid(), event.eventId());
    }
  }

  /** An event on its way and those that wait for its answer. */
  private record Flight(Pending first, List<Pending> twins) {}

  /** How it ends because it was answered before, or null where it was not. */
  public Ending.@Nullable Again answered(Pending item, EventFacts event) {
    Seen found = seen == null ? null : seen.find(event);
    if (found == null || !found.result().getModel().equals(model.get())) {
      return null;
    }
    boolean sameRecord = found.offset() == item.origin.metadata().offset();
    return new Ending.Again(
        found.result(), !settings.drop() || (sameRecord && !settings.exactlyOnce()));
  }

  /** Whether it waits for the answer to the same event; else it is on its way from now on. */
  public boolean joins(Pending item, EventFacts event) {
    if (seen == null) {
      return false;
    }
    Flight flight =
        flights.computeIfAbsent(
            Identity.of(event), identity -> new Flight(item, new ArrayList<>(0)));
    if (flight.first == item || flight.twins.size() >= TWINS) {
      return false;
    }
    return flight.twins.add(item);
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
    if (seen == null || event == null || ending == null || ending instanceof Ending.Again) {
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
