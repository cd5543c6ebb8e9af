package org.osteon.topology.order;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ImagingOrder;
import org.osteon.event.OrderStatus;
import org.osteon.event.Priority;

/**
 * What was ordered under one study or accession number: the latest that was said of each order.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param orders in the order in which they became known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KnownOrders(List<Entry> orders) {
  static final KnownOrders NONE = new KnownOrders(List.of());

  /** A study is ordered in a few parts at most; beyond, the one said first goes. */
  private static final int MOST = 8;

  /**
   * One order.
   *
   * @param number pseudonym; null where it has none
   * @param cancelled whether it no longer stands
   * @param saidAt by its sender, milliseconds since the epoch
   * @param publishedAt milliseconds since the epoch
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Entry(
      @Nullable String number,
      boolean stat,
      boolean cancelled,
      @Nullable String reason,
      long saidAt,
      long publishedAt) {
    static Entry of(ImagingOrder order) {
      return new Entry(
          order.getOrderNumber(),
          order.getPriority() == Priority.STAT,
          order.getStatus() == OrderStatus.CANCELLED,
          order.getReasonCode(),
          order.getSaidAt().toEpochMilli(),
          order.getPublishedAt().toEpochMilli());
    }

    /** Whether it says the same, however often and late it was published. */
    private boolean repeats(Entry known) {
      return saidAt == known.saidAt
          && stat == known.stat
          && cancelled == known.cancelled
          && Objects.equals(reason, known.reason);
    }
  }

  /** STAT before others, then what was said last; the number so that it is always the same one. */
  private static final Comparator<Entry> FIRST =
      Comparator.comparing(Entry::stat)
          .thenComparing(Entry::saidAt)
          .thenComparing(entry -> String.valueOf(entry.number))
          .reversed();

  /**
   * With one more saying.
   *
   * @return itself where that is known, or something later of the same order is
   */
  KnownOrders with(Entry entry) {
    List<Entry> next = new ArrayList<>(orders);
    for (int i = 0; i < next.size(); i++) {
      Entry known = next.get(i);
      if (Objects.equals(known.number, entry.number)) {
        if (entry.saidAt < known.saidAt || entry.repeats(known)) {
          return this;
        }
        next.set(i, entry);
        return new KnownOrders(List.copyOf(next));
      }
    }
    next.add(entry);
    if (next.size() > MOST) {
      next.remove(next.stream().min(Comparator.comparing(Entry::saidAt)).orElseThrow());
    }
    return next.equals(orders) ? this : new KnownOrders(List.copyOf(next));
  }

  KnownOrders and(KnownOrders others) {
    List<Entry> all = new ArrayList<>(orders);
    all.addAll(others.orders);
    return new KnownOrders(all);
  }

  /** What they come to; null where none stands. */
  @Nullable Ordered standing() {
    return orders.stream()
        .filter(each -> !each.cancelled)
        .min(FIRST)
        .map(each -> new Ordered(each.stat, each.number, each.reason))
        .orElse(null);
  }

  /** Without those that were published before; null where none is left. */
  public @Nullable KnownOrders since(long millis) {
    List<Entry> left = orders.stream().filter(each -> each.publishedAt >= millis).toList();
    return left.isEmpty() ? null : left.size() == orders.size() ? this : new KnownOrders(left);
  }
}
