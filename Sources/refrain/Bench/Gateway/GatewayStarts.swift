/// Starts everything that is measured, and measures how long that takes and what it occupies.
struct GatewayStarts {
    let stage: GatewayStage
    let peersDirectory: String
    let entries: Int

    private static let repetitions = 3

    func run(into report: inout GatewayBenchReport) async throws {
        for peer in PeerServer.all {
            guard peer.isInstalled else {
                report.notes.append("\(peer.name.rawValue) is left out: not installed (\(peer.package))")
                continue
            }
            BenchProgress.show("starting \(peer.name.rawValue)")
            do {
                let time = try await stage.startPeer(peer, folder: peersDirectory)
                if peer.name == .nginx { report.process.nginxStartMilliseconds = time.inMilliseconds }
            } catch let error as BenchError {
                // Ours can be measured without it; what is missing shows as bars that were not measured.
                stage.stop(peer.name)
                report.notes.append("\(peer.name.rawValue) is left out: \(error)")
            }
        }
        if !stage.knowsHot { report.notes.append("no leg for hits in the process: this build has no such tier") }
        report.process.startWithoutModelMilliseconds = try await starts(.exact)
        report.process.idleWithoutModelMiB = resident(.exact)
        report.process.startMilliseconds = try await starts(.full)
        report.process.idleMiB = resident(.full)
        for name in [ServerName.passing, .keyed] + (stage.knowsHot ? [.hot] : []) {
            _ = try await stage.startGateway(name)
        }
        try await startMirrors(into: &report)
    }

    /// Those that search among the stored entries.
    private func startMirrors(into report: inout GatewayBenchReport) async throws {
        BenchProgress.show("storing \(entries) entries")
        try await CacheFilling(configuration: try stage.configuration(of: .semantic)).run(entries: entries)
        let start = ContinuousClock.now
        _ = try await stage.startGateway(.semantic)
        let empty = report.process.idleMiB ?? 0
        report.process.mirroredEntries = try await stage.awaitMirror(of: .semantic)
        report.process.mirrorSeconds = start.duration(to: .now) / .seconds(1)
        report.process.mirroredMiB = resident(.semantic)
        if let full = report.process.mirroredMiB, report.process.mirroredEntries > 0 {
            report.process.bytesPerEntry = (full - empty) * 1_048_576 / Double(report.process.mirroredEntries)
        }
        for name in [ServerName.remembering, .wide] {
            _ = try await stage.startGateway(name)
            _ = try await stage.awaitMirror(of: name)
        }
    }

    /// The median of a few starts, in milliseconds. The last one stays.
    private func starts(_ name: ServerName) async throws -> Double? {
        BenchProgress.show("starting \(name.rawValue)")
        var times: [Double] = []
        for _ in 0..<Self.repetitions { times.append(try await stage.startGateway(name).inMilliseconds) }
        return Figure.median(times)
    }

    private func resident(_ name: ServerName) -> Double? {
        stage.processes[name].map { ProcessUsage.ofTree($0.id).residentMiB }
    }
}
