import FoundationEssentials

/// Everything one call of `refrain bench` measured.
struct BenchReport: Codable {
    let machine: Machine
    /// Of 1, 5 and 15 minutes, when it was over.
    var loadAverageAfter = ""
    var gateway: GatewayBenchReport?
    var embedding: EmbeddingFigures?
    var tokenizer: [TokenizerBench.Row]?
    var search: [SearchFigures]?
    var redis: RedisComparison?
    var mirror: MirrorBench.Report?
    var imported: ImportBench.Report?
    var limits: LimitsBench.Report?
    var soak: SoakReport?
    var bars: [Bar] = []

    init(machine: Machine) { self.machine = machine }

    mutating func finish() {
        bars = (gateway?.bars ?? []) + (embedding?.bars ?? []) + (tokenizer.map(TokenizerBench.bars) ?? [])
            + (search.map(SearchFigures.bars) ?? []) + (mirror?.bars ?? []) + (imported?.bars ?? [])
            + (limits?.bars ?? [])
        loadAverageAfter = Machine.loadAverage
    }

    var text: String {
        var parts = [machine.summary + "; load after the run \(loadAverageAfter)"]
        if let gateway { parts.append(gateway.description) }
        if let embedding { parts.append("\(embedding.table)\n\(embedding.notes)") }
        if let tokenizer { parts.append(TokenizerBench.table(tokenizer).description) }
        if let search { parts.append(SearchFigures.table(search).description) }
        if let redis { parts.append(redis.table.description) }
        if let mirror { parts.append(mirror.table.description) }
        if let imported { parts.append(imported.table.description) }
        if let limits { parts.append("\(limits.table)\n\n\(limits.costs)") }
        if let verdict = soak?.verdict { parts.append(verdict.description) }
        if !bars.isEmpty { parts.append(bars.map(\.description).joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard FileManager.default.createFile(atPath: path, contents: try encoder.encode(self)) else {
            throw BenchError("cannot write \(path)")
        }
    }
}
