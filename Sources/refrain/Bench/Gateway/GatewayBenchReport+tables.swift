extension GatewayBenchReport {
    /// One request at a time, the ceiling, and half of it.
    var requestTable: TextTable {
        var table = TextTable([
            "leg", "p50 µs", "p99", "added p50", "÷ peer", "ceiling/s", "busy", "p50 at half", "p99 at half", "CPU µs",
            "at half", "at 1", "Redis CPU",
        ])
        for leg in legs where median(leg, .single, \.p50) != nil {
            let p50 = median(leg, .single, \.p50)
            table.add([
                leg.rawValue, Figure.text(p50), Figure.text(median(leg, .single, \.p99)),
                Figure.text(leg.floor.flatMap { added(leg, to: $0, .single, \.p50) }),
                Figure.text(leg.peer.flatMap { ratio(leg, to: $0, .single, \.p50) }),
                Figure.text(median(leg, .ceiling, \.requestsPerSecond)),
                Figure.text(median(leg, .ceiling, \.busy)),
                Figure.text(median(leg, .half, \.p50)), Figure.text(median(leg, .half, \.p99)),
                Figure.text(median(leg, .ceiling, \.processorTime)),
                Figure.text(median(leg, .half, \.processorTime)),
                Figure.text(median(leg, .single, \.processorTime)),
                Figure.text(median(leg, .ceiling, \.redisProcessorTime)),
            ])
        }
        return table
    }

    private static let streams: [LegName] = [
        .streamDirect, .streamNginx, .streamHAProxy, .streamOurs, .streamTranslated,
    ]

    var streamTable: TextTable {
        var table = TextTable([
            "stream", "first byte p50 µs", "added", "÷ peer", "gap p50", "gap p99", "frame's way p50", "p99",
            "added p99", "CPU µs",
        ])
        for leg in legs {
            let isPaced = median(leg, .paced, \.p50) != nil
            guard isPaced || Self.streams.contains(leg) else { continue }
            let kind = isPaced ? WindowKind.paced : .single
            table.add([
                leg.rawValue, Figure.text(median(leg, kind, \.firstByteP50)),
                Figure.text(leg.floor.flatMap { added(leg, to: $0, kind, \.firstByteP50) }),
                Figure.text(leg.peer.flatMap { ratio(leg, to: $0, kind, \.firstByteP50) }),
                Figure.text(median(leg, kind, \.gapP50)), Figure.text(median(leg, kind, \.gapP99)),
                Figure.text(isPaced ? median(leg, kind, \.transitP50) : nil),
                Figure.text(isPaced ? median(leg, kind, \.transitP99) : nil),
                Figure.text(isPaced ? leg.floor.flatMap { added(leg, to: $0, kind, \.transitP99) } : nil),
                Figure.text(median(leg, isPaced ? .paced : .ceiling, \.processorTime)),
            ])
        }
        return table
    }

    var slowTable: TextTable {
        var table = TextTable(["open loop", "p50 µs", "p99 µs", "highest", "added p99", "CPU µs", "busy"])
        for leg in legs where median(leg, .slow, \.p50) != nil {
            table.add([
                leg.rawValue, Figure.text(median(leg, .slow, \.p50)), Figure.text(median(leg, .slow, \.p99)),
                Figure.text(median(leg, .slow, \.max)),
                Figure.text(leg.floor.flatMap { added(leg, to: $0, .slow, \.p99) }),
                Figure.text(median(leg, .slow, \.processorTime)), Figure.text(median(leg, .slow, \.busy)),
            ])
        }
        return table
    }

    var processTable: TextTable {
        var table = TextTable(["process", "ms to the first answer", "resident MiB"])
        table.add([
            "without a model, idle", Figure.text(process.startWithoutModelMilliseconds),
            Figure.text(process.idleWithoutModelMiB),
        ])
        table.add(["with the model, idle", Figure.text(process.startMilliseconds), Figure.text(process.idleMiB)])
        table.add([
            "with \(process.mirroredEntries) entries mirrored, \(Figure.text(process.bytesPerEntry)) B each",
            Figure.text(process.mirrorSeconds.map { $0 * 1_000 }), Figure.text(process.mirroredMiB),
        ])
        let loaded = windows.filter { $0.leg == .exactMiss || $0.leg == .exactHit }.compactMap(\.residentMiB).max()
        table.add(["without a model, under load (highest)", "", Figure.text(loaded)])
        table.add(["without a model, behind all windows", "", Figure.text(process.afterMiB)])
        table.add(["nginx, plain proxy", Figure.text(process.nginxStartMilliseconds), ""])
        return table
    }

    var tables: [TextTable] {
        let byWindow = [requestTable, streamTable, slowTable].filter { $0.count > 0 }
        return byWindow + [processTable]
    }

    /// Windows that did not count, a line each.
    var voidLines: [String] {
        voids.map { window in
            "void: \(window.leg.rawValue), \(window.kind.rawValue), round \(window.round): "
                + "\(window.failures) failures, the first: \(window.reason); "
                + (window.wasRepeated ? "measured again" : "NO FIGURE")
        }
    }
}

extension GatewayBenchReport: CustomStringConvertible {
    var description: String {
        let head = ([placement] + notes.map { "note: \($0)" }).joined(separator: "\n")
        return ([head] + tables.map(\.description) + (voids.isEmpty ? [] : [voidLines.joined(separator: "\n")]))
            .joined(separator: "\n\n")
    }
}
