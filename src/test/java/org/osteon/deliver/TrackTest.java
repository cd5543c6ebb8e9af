package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.osteon.event.Source;

/** What a commit remembers of what lies behind it. */
class TrackTest {
  @Test
  void whatIsDoneBehindAnOpenRecordAndHowOftenItWasTriedSurviveACommit() {
    Track track = Track.of(new OffsetAndMetadata(10, ""));
    Item stuck = item(10, 0);
    Item done = item(12, 0);
    track.opened(stuck);
    track.passed(11);
    track.opened(done);
    track.opened(item(13, 0));
    stuck.tried();
    stuck.tried();
    done.tried();
    track.finished(done);
    OffsetAndMetadata mark = track.mark();
    assertThat(mark.offset()).isEqualTo(10);
    Track again = Track.of(mark);
    assertThat(again.triedBefore(10)).isEqualTo(2);
    assertThat(again.triedBefore(13)).isZero();
    assertThat(again.isDone(11)).isTrue();
    assertThat(again.isDone(12)).isTrue();
    assertThat(again.isDone(10)).isFalse();
    assertThat(again.isDone(13)).isFalse();
  }

  @Test
  void whenAllIsDoneTheCommitLiesBehindEverything() {
    Track track = Track.of(new OffsetAndMetadata(0, ""));
    Item first = item(0, 0);
    Item second = item(2, 0);
    track.opened(first);
    track.passed(1);
    track.opened(second);
    track.finished(second);
    assertThat(track.mark().offset()).isZero();
    track.finished(first);
    assertThat(track.mark()).isEqualTo(new OffsetAndMetadata(3, "1;;"));
    track.reached(5);
    assertThat(track.mark().offset()).as("behind a transaction's marker").isEqualTo(5);
  }

  @Test
  void whatAPartitionRemembersFitsIntoACommit() {
    Track track = Track.of(new OffsetAndMetadata(1_000_000_000_000L, ""));
    long offset = 1_000_000_000_000L;
    track.opened(item(offset, 0));
    while (!track.isFull()) {
      offset += 40;
      Item next = item(offset, 99);
      track.opened(next);
      if (offset % 80 == 0) {
        track.finished(next);
      }
    }
    // Kafka's default offset.metadata.max.bytes.
    assertThat(track.mark().metadata().length()).isLessThan(4096);
    assertThat(Track.of(track.mark()).mark().offset()).isEqualTo(1_000_000_000_000L);
  }

  @Test
  void metadataOfSomebodyElseIsNoReasonToStop() {
    assertThat(Track.of(new OffsetAndMetadata(7, "by hand")).mark().offset()).isEqualTo(7);
  }

  private static Item item(long offset, int attempts) {
    return new Item(
        new ConsumerRecord<>("results", 0, offset, new byte[0], new byte[0]),
        new byte[0],
        new Source("results", 0, offset, 0L),
        false,
        attempts);
  }
}
