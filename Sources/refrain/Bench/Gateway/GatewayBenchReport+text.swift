extension GatewayBenchReport: CustomStringConvertible {
    var description: String {
        var text = placement + "\n"
        for note in notes { text += "note: \(note)\n" }
        text += "\n\(table)\n\n\(gapTable)\n\n\(processText)"
        for window in windows where !window.isValid {
            text += "\nvoid: \(window.leg), \(window.concurrency) at a time, round \(window.round): "
                + "\(window.failures) failures, the first: \(window.firstFailure ?? "none")"
        }
        return text
    }

    private var keys: [(leg: String, concurrency: Int)] {
        var keys: [(leg: String, concurrency: Int)] = []
        for window in windows.sorted(by: { $0.concurrency < $1.concurrency })
        where !keys.contains(where: { $0.leg == window.leg && $0.concurrency == window.concurrency }) {
            keys.append((window.leg, window.concurrency))
        }
        return keys
    }

    private var table: TextTable {
        var table = TextTable([
            "leg", "at a time", "p50 µs", "added p50 µs", "p99 µs", "requests/s", "CPU µs", "Redis CPU µs",
        ])
        for (leg, concurrency) in keys {
            let p50 = median(leg, concurrency, \.p50)
            let floor = leg.hasPrefix("stream") ? "stream direct" : leg.hasPrefix("paced") ? "paced direct" : "direct"
            let added = p50.flatMap { p50 in median(floor, concurrency, \.p50).map { p50 - $0 } }
            table.add([
                leg, "\(concurrency)", Figure.text(p50), leg == floor ? "" : Figure.text(added),
                Figure.text(median(leg, concurrency, \.p99)),
                Figure.text(median(leg, concurrency, \.requestsPerSecond)),
                Figure.text(median(leg, concurrency, \.processorTime)),
                Figure.text(median(leg, concurrency, \.redisProcessorTime)),
            ])
        }
        return table
    }

    private var gapTable: TextTable {
        var table = TextTable(["frames of a stream", "at a time", "first byte p50 µs", "gap p50 µs", "gap p99 µs"])
        for (leg, concurrency) in keys where leg.hasPrefix("paced") {
            table.add([
                leg, "\(concurrency)", Figure.text(median(leg, concurrency, \.firstByteP50)),
                Figure.text(median(leg, concurrency, \.gapP50)), Figure.text(median(leg, concurrency, \.gapP99)),
            ])
        }
        return table
    }

    private var processText: String {
        """
        start to the first answer   \(Figure.text(process.startMilliseconds)) ms; \
        without a model \(Figure.text(process.startWithoutModelMilliseconds)) ms
        resident, idle              \(Figure.text(process.idleMiB)) MiB; \
        without a model \(Figure.text(process.idleWithoutModelMiB)) MiB
        mirroring \(process.mirroredEntries) entries  \(Figure.text(process.mirrorSeconds)) s; \
        resident then \(Figure.text(process.mirroredMiB)) MiB, \(Figure.text(process.bytesPerEntry)) B an entry
        resident, after all legs    \(Figure.text(process.afterMiB)) MiB
        """
    }
}
