package org.osteon.performance.join;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.performance.join.JoinListener.Kind;
import org.osteon.performance.join.JoinListener.Outcome;

/**
 * Where truths that name an order alone wait for its studies, and studies for such truths, as long
 * as the horizon: each pair is forwarded once, as a truth of that study.
 *
 * <p><b>Threading.</b> One task.
 */
public final class OrderProcessor implements Processor<String, OfOrder, String, byte[]> {
  private final JoinRules rules;
  private final JoinListener listener;
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable Remembered<OrderRecord> orders;

  public OrderProcessor(JoinRules rules, JoinListener listener) {
    this.rules = rules;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    Remembered<OrderRecord> known = Remembered.orders(context);
    this.orders = known;
    context.schedule(
        JoinProcessor.FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> known.forget(now - rules.horizon().toMillis(), JoinProcessor.FORGET_AT_ONCE));
  }

  @Override
  public void process(Record<String, OfOrder> record) {
    ProcessorContext<String, byte[]> at = context;
    Remembered<OrderRecord> known = orders;
    if (at == null || known == null) {
      return;
    }
    OfOrder one = record.value();
    boolean old = one.at() < at.currentSystemTimeMs() - rules.horizon().toMillis();
    OrderRecord found = known.find(record.key());
    OrderRecord before = found == null ? OrderRecord.NEW : found;
    if (one.study() != null && !old) {
      OrderRecord after = before.with(one.study(), one.at());
      if (after.studies().size() > before.studies().size()) {
        after.waiting().forEach(each -> forward(at, one.study(), each.value()));
      }
      put(known, record.key(), found, after);
    } else if (one.said() != null && one.truth() != null) {
      OrderRecord after =
          old ? before : before.with(new OrderRecord.Waiting(one.said(), one.truth()), one.at());
      if (old) {
        listener.ended(Kind.TRUTH, Outcome.TOO_OLD);
      } else if (after == before) {
        listener.ended(Kind.TRUTH, Outcome.KNOWN);
      } else if (after.studies().isEmpty()) {
        listener.ended(Kind.TRUTH, Outcome.WAITING);
      } else {
        // The join of each study tells what becomes of it.
        after.studies().forEach(study -> forward(at, study, one.truth()));
      }
      put(known, record.key(), found, after);
    }
  }

  private static void put(
      Remembered<OrderRecord> known, String order, @Nullable OrderRecord found, OrderRecord after) {
    if (after != found && after != OrderRecord.NEW) {
      known.put(order, found, after);
    }
  }

  private static void forward(ProcessorContext<String, byte[]> at, String study, byte[] truth) {
    at.forward(new Record<>(study, truth, Math.max(0, at.currentSystemTimeMs())));
  }
}
