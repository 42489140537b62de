package io.colonnade.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says of processes in {@code /proc} (proc(5)). One that is gone counts nothing. */
final class ProcessFigures {
    /** USER_HZ, which is 100 on every platform of today. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final long BYTES_PER_PAGE = 4_096;

    /** Places in {@code stat}, counted from the state, which follows the name in brackets. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final int RESIDENT = 21;

    private ProcessFigures() {}

    /** CPU time in microseconds, of user and system, to 10 ms. */
    static long cpuMicros(Collection<Long> pids) {
        return pids.stream()
                .map(ProcessFigures::stat)
                .mapToLong(ProcessFigures::cpuMicros)
                .sum();
    }

    /** Resident bytes; pages that several processes share count for each. */
    static long residentBytes(Collection<Long> pids) {
        return pids.stream()
                .map(ProcessFigures::stat)
                .mapToLong(ProcessFigures::residentBytes)
                .sum();
    }

    /** Begins anew to look for the most that was resident. */
    static void forgetPeak(Collection<Long> pids) throws IOException {
        for (var pid : pids) {
            Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
        }
    }

    /** The most that was resident of each at any time since then, added up. */
    static long peakBytes(Collection<Long> pids) throws IOException {
        var sum = 0L;
        for (var pid : pids) {
            sum += peakBytes(Files.readString(Path.of("/proc/" + pid + "/status")));
        }
        return sum;
    }

    static long peakBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                .findFirst()
                .orElseThrow();
    }

    /** The process, those that it and its children have started, and those that have the folder on their command line. */
    static List<Long> tree(ProcessHandle root, Path folder) {
        var detached = ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().commandLine().orElse("").contains(folder + "/"));
        return Stream.of(Stream.of(root), root.descendants(), detached)
                .flatMap(some -> some)
                .map(ProcessHandle::pid)
                .distinct()
                .toList();
    }

    static long cpuMicros(String stat) {
        var fields = fields(stat);
        return fields.length == 0
                ? 0
                : (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * MICROS_PER_TICK;
    }

    static long residentBytes(String stat) {
        var fields = fields(stat);
        return fields.length == 0 ? 0 : Long.parseLong(fields[RESIDENT]) * BYTES_PER_PAGE;
    }

    /** The name may have blanks and brackets of its own. */
    private static String[] fields(String stat) {
        return stat.isEmpty()
                ? new String[0]
                : stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static String stat(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat"));
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException gone) {
            if (Files.exists(Path.of("/proc/" + pid))) {
                throw new UncheckedIOException(gone);
            }
            return "";
        }
    }
}
