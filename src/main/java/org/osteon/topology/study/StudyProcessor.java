package org.osteon.topology.study;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Severity;
import org.osteon.event.StudyAssessment;
import org.osteon.streams.Sweep;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.model.Triage;
import org.osteon.topology.order.OrderBook;
import org.osteon.topology.order.Ordered;
import org.osteon.topology.study.StudyState.Raised;

/**
 * Results in, the running verdict of their study and its alerts out.
 *
 * <p>It stands behind the classify processor in the same task, so what it forwards and what it
 * stores is in the transaction, or before the commit, of the result it came from. Exactly once, the
 * three are one. At least once, a crash may leave the changelog ahead of the topics: the event then
 * comes again, and the assessment is published again, which a compacted topic does not mind, and so
 * is an alert that this very record raised and that the brokers were not known to have.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class StudyProcessor
    implements Processor<byte[], ClassificationResult, byte[], SpecificRecord> {
  /** Names of the child nodes. */
  public static final String STUDIES = "assessments";

  public static final String ALERTS = "alerts";

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final StudySettings settings;
  private final TopologyListener listener;
  private final Clock clock;

  /** Studies whose alert the brokers may not have, and the drains there had been when it was. */
  private final Map<String, Long> unpublished = new HashMap<>();

  /** Drains that there had been when these were last looked through. */
  private long drainsNoted = -1;

  private @Nullable ProcessorContext<byte[], SpecificRecord> context;
  private @Nullable KeyValueStore<String, StudyState> store;
  private @Nullable CommitBarrier barrier;
  private @Nullable Settling settling;
  private OrderBook orders = OrderBook.NONE;
  private StudiesByAccession byAccession = StudiesByAccession.NONE;

  public StudyProcessor(StudySettings settings, TopologyListener listener, Clock clock) {
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(StudyStates.NAME);
    CommitBarrier commits = processorContext.getStateStore(CommitBarrier.NAME);
    barrier = commits;
    unpublished.clear();
    drainsNoted = -1;
    if (!settings.exactlyOnce()) {
      commits.afterCommit(this::notePublished);
      processorContext.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> notePublished());
    }
    if (settings.orders()) {
      orders = new OrderBook(processorContext.getStateStore(OrderBook.NAME));
      byAccession = new StudiesByAccession(processorContext.getStateStore(StudiesByAccession.NAME));
    }
    Sweep<String, StudyState> sweep = new Sweep<>(store(), null);
    processorContext.schedule(
        LOOK, PunctuationType.WALL_CLOCK_TIME, now -> sweep.look(this::sweep));
    if (!settings.settleAfter().isZero()) {
      settling =
          new Settling(processorContext.getStateStore(StudyStates.OPEN), settings.settleAfter());
      processorContext.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> settle());
    }
  }

  @Override
  public void process(Record<byte[], ClassificationResult> record) {
    notePublished();
    ClassificationResult result = record.value();
    String study = result.getStudyInstanceUid();
    StudyState known = store().get(study);
    StudyState before = known == null ? StudyState.NEW : known;
    Ordered ordered = orders.of(study, result.getAccessionNumber());
    StudyState answered = before.with(result, settings.maxImages(), clock.millis());
    // An answer that is known changes nothing; what its order changes came with the order.
    StudyState assessed = answered == before ? before : answered.with(ordered);
    StudyState after = assessed;
    Alert alert = null;
    Severity severity = Triage.severity(result.getFinding());
    if (severity != Severity.UNKNOWN) {
      String by = StudyState.answeredBy(result.getModel());
      Raised raised = after.raised(by, severity);
      if (after.becomes(by, severity)) {
        alert = Alerts.of(result, severity, ordered);
        boolean published = settings.exactlyOnce();
        after = after.raising(new Raised(by, severity, result.getEventId(), offset(), published));
      } else if (raised != null && !raised.published() && raised.offset() == offset()) {
        alert = Alerts.of(result, severity, ordered);
      }
    }
    if (after != before) {
      store().put(study, after);
      byAccession.found(study, before.accessionNumber(), after.accessionNumber(), clock.millis());
    }
    if (assessed != before && settling != null) {
      settling.touched(study, after.touchedAt());
    }
    // Compared by identity: an answer that is known leaves the state as it is.
    if (assessed != before || !settings.exactlyOnce()) {
      StudyAssessment assessment = after.assessment(study);
      forward(record, study, assessment, STUDIES);
      listener.assessed(assessment);
    }
    if (alert != null) {
      if (!settings.exactlyOnce()) {
        unpublished.put(study, barrier().drains());
      }
      forward(record, study, alert, ALERTS);
      listener.alerted(alert);
    }
  }

  private void forward(
      Record<byte[], ClassificationResult> record,
      String study,
      SpecificRecord value,
      String child) {
    byte[] key = study.getBytes(StandardCharsets.UTF_8);
    context().forward(new Record<>(key, value, record.timestamp(), record.headers()), child);
  }

  /** Writes down which alerts a drain has taken to the brokers since. */
  private void notePublished() {
    long drains = barrier().drains();
    // Asked for each image: between two drains there may be as many alerts as images.
    if (unpublished.isEmpty() || drains == drainsNoted) {
      return;
    }
    drainsNoted = drains;
    unpublished
        .entrySet()
        .removeIf(
            each -> {
              boolean drained = drains > each.getValue();
              StudyState state = drained ? store().get(each.getKey()) : null;
              if (state != null) {
                store().put(each.getKey(), state.published());
              }
              return drained;
            });
  }

  /** Publishes verdicts once more to which no image has come for long, marked settled. */
  private void settle() {
    long now = clock.millis();
    for (String study : Objects.requireNonNull(settling).due(now)) {
      StudyState state = store().get(study);
      if (state != null && !state.rests()) {
        StudyState settled = state.settle();
        store().put(study, settled);
        StudyAssessment assessment = settled.assessment(study);
        byte[] key = study.getBytes(StandardCharsets.UTF_8);
        context().forward(new Record<>(key, assessment, now), STUDIES);
        listener.assessed(assessment);
      }
    }
  }

  private void sweep(String study, StudyState state) {
    if (state.updatedAt() < clock.millis() - settings.retention().toMillis()) {
      store().delete(study);
      byAccession.gone(study, state.accessionNumber());
    } else if (settling != null && !state.rests()) {
      settling.found(study, state.touchedAt());
    }
  }

  private long offset() {
    return context().recordMetadata().map(RecordMetadata::offset).orElse(-1L);
  }

  private ProcessorContext<byte[], SpecificRecord> context() {
    return Objects.requireNonNull(context, "The processor is not initialised.");
  }

  private KeyValueStore<String, StudyState> store() {
    return Objects.requireNonNull(store, "The processor is not initialised.");
  }

  private CommitBarrier barrier() {
    return Objects.requireNonNull(barrier, "The processor is not initialised.");
  }
}
