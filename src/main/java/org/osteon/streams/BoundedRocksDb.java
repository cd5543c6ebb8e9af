package org.osteon.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One budget of native memory for all stores of the process. Kafka Streams' own defaults give each
 * store a hundred megabytes: two stores on each of twenty-four partitions would take five
 * gigabytes.
 *
 * <p><b>Threading.</b> Kafka Streams calls it from each stream thread.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  /** Kafka Streams setting: bytes for blocks, filters and what is not yet written, all together. */
  private static final String BYTES = "osteon.rocksdb.bytes";

  /** Kafka Streams setting: stores that may be open at once, which share the write buffers. */
  private static final String STORES = "osteon.rocksdb.stores";

  private static final long LEAST_BUFFER = 64 << 10;
  private static final long LARGEST_BUFFER = 4 << 20;

  /**
   * What an empty write buffer takes. At RocksDB's own half a megabyte those of a dozen partitions
   * are together more than there is: then each write would wait until a file of a few kilobytes is
   * on disk.
   */
  private static final long ARENA_BLOCK = 32 << 10;

  private static final long LEAST_ARENA_BLOCK = 4 << 10;

  /**
   * How much of a file's index and filter is read at once. They are a hundredth of a file, so whole
   * ones of a file of thirty megabytes are more than its share of the memory, and each question
   * would read them anew.
   */
  private static final long METADATA_BLOCK = 4 << 10;

  private static @Nullable Memory shared;

  /** What all stores share, for as long as the process lives. */
  private record Memory(Cache cache, WriteBufferManager writes) {}

  /**
   * What Kafka Streams is told.
   *
   * @param bytes for the stores together
   * @param stores on disk that one process may have open at once
   */
  public static Map<String, String> properties(long bytes, int stores) {
    return Map.of(
        "rocksdb.config.setter",
        BoundedRocksDb.class.getName(),
        BYTES,
        Long.toString(bytes),
        STORES,
        Integer.toString(stores));
  }

  /**
   * Bytes for a memory budget: a sixteenth of it, beside it.
   *
   * @param budgetBytes {@code memory.budget.mb} in bytes
   */
  public static long bytes(long budgetBytes) {
    return Math.max(16L << 20, budgetBytes / 16);
  }

  /**
   * A store's own write buffer: its share of a half. RocksDB's budget over all stores ({@link
   * WriteBufferManager}) would have whoever writes next begin a new buffer, however little is in
   * its own, once those of stores that rest hold it all: partitions whose backlog is done, or where
   * nobody comes at night.
   *
   * @param bytes for all stores
   */
  private static long writeBuffer(long bytes, long stores) {
    return Math.min(LARGEST_BUFFER, Math.max(LEAST_BUFFER, bytes / 2 / Math.max(1, stores)));
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    long bytes = number(configs, BYTES);
    long stores = number(configs, STORES);
    long buffer = writeBuffer(bytes, stores);
    Memory memory = memory(bytes, 2 * stores * buffer);
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setIndexType(IndexType.kTwoLevelIndexSearch);
    table.setPartitionFilters(true);
    table.setMetadataBlockSize(METADATA_BLOCK);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writes);
    options.setWriteBufferSize(buffer);
    options.setArenaBlockSize(Math.max(LEAST_ARENA_BLOCK, Math.min(ARENA_BLOCK, buffer / 8)));
    options.setMaxWriteBufferNumber(2);
    // Kafka Streams keeps no filter for the oldest and largest files, since it expects to find what
    // it asks for. Whether an event was seen is asked of each, and it is new nearly always.
    options.setOptimizeFiltersForHits(false);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    options.setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
    // Nobody reads RocksDB's own statistics, and a thread that writes them while a process ends
    // that did not close its stores finds them torn down, and crashes it.
    options.setStatsDumpPeriodSec(0);
    options.setStatsPersistPeriodSec(0);
  }

  @Override
  public void close(String storeName, Options options) {
    // The memory is all stores', and goes with the process.
  }

  private static long number(Map<String, Object> configs, String name) {
    return Long.parseLong(String.valueOf(configs.get(name)));
  }

  /**
   * @param writes what the buffers may take together, those that are being written to disk as well
   */
  private static synchronized Memory memory(long bytes, long writes) {
    Memory memory = shared;
    if (memory == null) {
      RocksDB.loadLibrary();
      Cache cache = new LRUCache(bytes, -1, false, 0.2);
      memory = new Memory(cache, new WriteBufferManager(writes, cache));
      shared = memory;
    }
    return memory;
  }
}
