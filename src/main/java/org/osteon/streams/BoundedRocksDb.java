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
  public static final String BYTES = "osteon.rocksdb.bytes";

  private static final int WRITE_BUFFER = 4 << 20;

  /**
   * What an empty write buffer takes. At RocksDB's own half a megabyte those of a dozen partitions
   * are together more than there is: then each write would wait until a file of a few kilobytes is
   * on disk.
   */
  private static final long ARENA_BLOCK = 32 << 10;

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
   * Bytes for a memory budget: a sixteenth of it, beside it.
   *
   * @param budgetBytes {@code memory.budget.mb} in bytes
   */
  public static long bytes(long budgetBytes) {
    return Math.max(16L << 20, budgetBytes / 16);
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    Memory memory = memory(Long.parseLong(String.valueOf(configs.get(BYTES))));
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
    options.setWriteBufferSize(WRITE_BUFFER);
    options.setArenaBlockSize(ARENA_BLOCK);
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

  private static synchronized Memory memory(long bytes) {
    Memory memory = shared;
    if (memory == null) {
      RocksDB.loadLibrary();
      Cache cache = new LRUCache(bytes, -1, false, 0.2);
      memory = new Memory(cache, new WriteBufferManager(bytes / 2, cache));
      shared = memory;
    }
    return memory;
  }
}
