package org.osteon.topology.study;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventReading;
import org.osteon.event.ImagingOrder;
import org.osteon.event.StudyAssessment;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.streams.Sweep;
import org.osteon.topology.listen.OrderFate;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.order.KnownOrders;
import org.osteon.topology.order.OrderBook;
import org.osteon.topology.order.OrderSettings;

/**
 * Orders in: kept for the images that come after them; a study that was answered before its order
 * came gets its verdict once more, with what was ordered. Alerts that were raised are not raised
 * again: they went at once, STAT or not.
 *
 * <p>Order, verdict and offset are one transaction, or, at least once, the order comes again and
 * with it the verdict. It may share a task with images that are on their way; it forwards at once
 * and holds nothing, so a drain has nothing to wait for.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class OrderProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {
  /** Its own name, and that of its child node. */
  public static final String NAME = "join-orders";

  public static final String STUDIES = "ordered-assessments";

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Two systems' clocks are apart, not days: nothing said later would ever count. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final OrderSettings settings;
  private final boolean exactlyOnce;
  private final TopologyListener listener;
  private final Clock clock;

  private @Nullable ProcessorContext<byte[], SpecificRecord> context;
  private @Nullable KeyValueStore<String, StudyState> studies;
  private OrderBook orders = OrderBook.NONE;
  private StudiesByAccession byAccession = StudiesByAccession.NONE;

  public OrderProcessor(
      OrderSettings settings, boolean exactlyOnce, TopologyListener listener, Clock clock) {
    this.settings = settings;
    this.exactlyOnce = exactlyOnce;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> processorContext) {
    context = processorContext;
    studies = processorContext.getStateStore(StudyStates.NAME);
    KeyValueStore<String, KnownOrders> known = processorContext.getStateStore(OrderBook.NAME);
    orders = new OrderBook(known);
    byAccession = new StudiesByAccession(processorContext.getStateStore(StudiesByAccession.NAME));
    Sweep<String, KnownOrders> sweep = new Sweep<>(known, null);
    processorContext.schedule(
        LOOK,
        PunctuationType.WALL_CLOCK_TIME,
        now -> sweep.look((key, each) -> forget(known, key, each)));
  }

  private void forget(KeyValueStore<String, KnownOrders> known, String key, KnownOrders each) {
    KnownOrders left = each.since(oldest());
    if (left == null) {
      known.delete(key);
    } else if (left != each) {
      known.put(key, left);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RegistryRecordReader.Reading<ImagingOrder> reading = settings.reader().read(record.value());
    ImagingOrder order = reading.value();
    String why = order == null ? why(reading.fault()) : fault(order);
    if (order == null || why != null) {
      listener.ordered(OrderFate.UNREADABLE);
      listener.unreadableOrder(place(), String.valueOf(why));
    } else if (order.getPublishedAt().toEpochMilli() < oldest()) {
      listener.ordered(OrderFate.TOO_OLD);
    } else {
      boolean news = orders.put(order);
      listener.ordered(news ? OrderFate.TAKEN : OrderFate.KNOWN);
      if (news || !exactlyOnce) {
        answered(order).forEach(study -> assess(study, record));
      }
    }
  }

  private void assess(String study, Record<byte[], byte[]> record) {
    KeyValueStore<String, StudyState> store = Objects.requireNonNull(studies);
    StudyState before = store.get(study);
    if (before == null) {
      return;
    }
    StudyState after = before.with(orders.of(study, before.accessionNumber()));
    if (after != before) {
      store.put(study, after);
    }
    if (after != before || !exactlyOnce) {
      StudyAssessment assessment = after.assessment(study);
      byte[] key = study.getBytes(StandardCharsets.UTF_8);
      // The record's own time is one that lets it overtake, see OrderSettings.
      context().forward(new Record<>(key, assessment, clock.millis(), record.headers()), STUDIES);
      listener.assessed(assessment);
    }
  }

  /** Studies of this task that it may be of. */
  private Set<String> answered(ImagingOrder order) {
    Set<String> all = new LinkedHashSet<>();
    if (order.getStudyInstanceUid() != null) {
      all.add(order.getStudyInstanceUid());
    }
    if (order.getAccessionNumber() != null) {
      all.addAll(byAccession.of(order.getAccessionNumber()));
    }
    return all;
  }

  private @Nullable String fault(ImagingOrder order) {
    if (order.getStudyInstanceUid() == null && order.getAccessionNumber() == null) {
      return "It names neither a study nor an accession number.";
    }
    return order.getSaidAt().toEpochMilli() > clock.millis() + AHEAD.toMillis()
        ? "It was said tomorrow or later."
        : null;
  }

  private static String why(EventReading.@Nullable Unreadable fault) {
    return fault == null ? "Nothing was read." : fault.reason() + ": " + fault.message();
  }

  private String place() {
    return context()
        .recordMetadata()
        .map(at -> "partition " + at.partition() + ", offset " + at.offset())
        .orElse("an unknown place");
  }

  private long oldest() {
    return clock.millis() - settings.keep().toMillis();
  }

  private ProcessorContext<byte[], SpecificRecord> context() {
    return Objects.requireNonNull(context, "The processor is not initialised.");
  }
}
