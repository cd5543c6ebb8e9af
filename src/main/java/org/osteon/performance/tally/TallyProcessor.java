package org.osteon.performance.tally;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.osteon.event.FallTest;
import org.osteon.event.Performance;
import org.osteon.event.Period;

/**
 * Adds changes of cases up, and publishes what became of the sums.
 *
 * <p>Which sums changed is kept in a store as well, so what was added up before a kill is published
 * after it.
 *
 * <p><b>Threading.</b> One task.
 */
public final class TallyProcessor
    implements Processor<String, CaseChange, String, @Nullable Performance> {
  /** Days of the sliding period. */
  static final int SLIDING = 30;

  /** Of one turn, so that a commit never waits for all of a backlog's sums. */
  private static final int MOST = 2_000;

  private final TallyRules rules;
  private final TallyListener listener;
  private final Alarms alarms = new Alarms();
  private @Nullable Task task;
  private long sweptOn = Long.MIN_VALUE;

  public TallyProcessor(TallyRules rules, TallyListener listener) {
    this.rules = rules;
    this.listener = listener;
  }

  private record Task(
      ProcessorContext<String, @Nullable Performance> context,
      GroupDays days,
      KeyValueStore<String, TallyStores.Standing> groups) {
    String name() {
      return context.taskId().toString();
    }

    void forward(String key, @Nullable Performance value, long now) {
      context.forward(new Record<>(key, value, now));
    }
  }

  @Override
  public void init(ProcessorContext<String, @Nullable Performance> context) {
    Task started =
        new Task(
            context,
            new GroupDays(
                context.getStateStore(TallyStores.DAYS), context.getStateStore(TallyStores.DIRTY)),
            context.getStateStore(TallyStores.GROUPS));
    task = started;
    forEachGroup(started, (key, standing) -> alarms.stand(key, standing.alarms()));
    listener.fallen(started.name(), alarms.count());
    context.schedule(
        rules.publishEvery(), PunctuationType.WALL_CLOCK_TIME, now -> publish(started, now));
  }

  @Override
  public void process(Record<String, CaseChange> record) {
    if (task != null && record.value() != null) {
      task.days.change(Scope.parse(record.key()), record.value());
    }
  }

  @Override
  public void close() {
    if (task != null) {
      listener.fallen(task.name(), Map.of());
    }
  }

  private void publish(Task at, long now) {
    long today = TimeUnit.MILLISECONDS.toDays(now);
    List<String> changed = at.days.changed(MOST);
    Set<String> groups = new LinkedHashSet<>();
    for (String key : changed) {
      publishDay(at, key, now);
      at.days.published(key);
      groups.add(Group.parse(key).key());
    }
    groups.forEach(each -> publishSliding(at, Group.parse(each), today, now));
    if (changed.size() < MOST && sweptOn != today) {
      sweep(at, today, now);
      sweptOn = today;
    }
    listener.fallen(at.name(), alarms.count());
  }

  private static void publishDay(Task at, String key, long now) {
    Group group = Group.parse(key);
    long day = Group.day(key);
    DayCounts sums = at.days.at(key);
    at.forward(
        PublishedKeys.day(group, day),
        sums.isEmpty()
            ? null
            : Figures.of(
                group,
                new Figures.Days(Period.DAY, day, day),
                sums,
                List.of(),
                Instant.ofEpochMilli(now)),
        now);
  }

  private void publishSliding(Task at, Group group, long today, long now) {
    SortedMap<Long, DayCounts> kept = at.days.range(group, today - rules.keptDays() + 1, today);
    DayCounts sums = new DayCounts();
    kept.tailMap(today - SLIDING + 1).values().forEach(sums::add);
    String key = group.key();
    if (sums.isEmpty()) {
      at.forward(PublishedKeys.sliding(group), null, now);
      alarms.stand(key, List.of());
      at.groups.put(key, new TallyStores.Standing(today, List.of()));
      return;
    }
    List<FallTest> tests = group.tested() ? rules.tests().walk(kept) : List.of();
    Performance performance =
        Figures.of(
            group,
            new Figures.Days(Period.THIRTY_DAYS, today - SLIDING + 1, today),
            sums,
            tests,
            Instant.ofEpochMilli(now));
    at.forward(PublishedKeys.sliding(group), performance, now);
    List<String> standing = new ArrayList<>();
    for (FallTest test : tests) {
      String measure = test.getMeasure().name();
      boolean before = alarms.stands(key, measure);
      if (FallTests.stands(test, before)) {
        standing.add(measure);
        if (!before) {
          listener.fell(performance, test);
        }
      }
    }
    alarms.stand(key, standing);
    at.groups.put(key, new TallyStores.Standing(today, standing));
  }

  /** Once a day: the thirty days end later, and what is too old goes. */
  private void sweep(Task at, long today, long now) {
    Map<String, TallyStores.Standing> all = new TreeMap<>();
    forEachGroup(at, all::put);
    all.forEach(
        (key, standing) -> {
          Group group = Group.parse(key);
          long oldest = today - rules.keptDays() + 1;
          // What lies before that was kept at the last sweep: a month without one is no matter.
          at.days
              .range(group, 0, oldest - 1)
              .keySet()
              .forEach(
                  day -> {
                    at.days.forget(group, day);
                    at.forward(PublishedKeys.day(group, day), null, now);
                  });
          if (at.days.range(group, oldest, today).isEmpty()) {
            at.forward(PublishedKeys.sliding(group), null, now);
            alarms.stand(key, List.of());
            at.groups.delete(key);
          } else if (standing.toDay() != today) {
            publishSliding(at, group, today, now);
          }
        });
  }

  /** Told of each group. */
  private interface GroupVisitor {
    void visit(String key, TallyStores.Standing standing);
  }

  private static void forEachGroup(Task at, GroupVisitor visitor) {
    try (KeyValueIterator<String, TallyStores.Standing> all = at.groups.all()) {
      while (all.hasNext()) {
        KeyValue<String, TallyStores.Standing> each = all.next();
        visitor.visit(each.key, each.value);
      }
    }
  }
}
