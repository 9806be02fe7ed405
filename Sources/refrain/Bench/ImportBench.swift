#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Logging
import NIOPosix
import RedisClient

/// How fast `refrain cache import` stores curated answers, what memory it takes, and whether it goes on where it was
/// when it is killed in the middle.
struct ImportBench {
    /// What was measured, with units in the names.
    struct Report: Codable {
        let entries: Int
        /// Both runs together: the one that was killed, and the one that went on.
        let seconds: Double
        /// Lines that stood when the first run was killed.
        let storedBeforeKill: Int
        /// Lines that the second run found as they should be.
        let unchangedBehindKill: Int
        let peakResidentMiB: Double

        var linesPerSecond: Double { Double(entries) / seconds }
    }

    /// One run of the command.
    private struct Run {
        let seconds: Double
        let peakBytes: Int
        let output: String
    }

    /// Lines of the file, each with a question of its own.
    let entries: Int
    let modelDirectory: String

    /// More memory than this is not bounded: the model, and what is under way.
    static let residentLimitMiB = 512.0
    private static let model = "bench"
    /// A line is two keys, its record and its entry; these are there once, whatever is imported.
    private static let otherKeys = 8
    private static let timeLimit: Duration = .seconds(1_800)
    private static let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    func run() async throws -> Report {
        let own = try await BenchRedis()
        defer { own.server.stop() }
        let redis = try RedisClient(
            configuration: RedisClientConfiguration(url: own.url),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Self.quiet)
        redis.start()
        do {
            for _ in 0..<250 where !redis.isConnected { try await Task.sleep(for: .milliseconds(20)) }
            let report = try await measure(redis, of: own)
            await redis.shutdown()
            return report
        } catch {
            await redis.shutdown()
            throw error
        }
    }

    private func measure(_ redis: RedisClient, of own: BenchRedis) async throws -> Report {
        let directory = own.directory
        try directory.write(String(repeating: "6b", count: 32), to: "cache.key")
        let configuration = try directory.write(try configuration(of: own), to: "import.yaml")
        let file = try directory.write((0..<entries).map(Self.line).joined(), to: "answers.jsonl")
        let command = [
            try GatewayStage.program(), "cache", "import", "--config", configuration, "--model", Self.model, file,
        ]
        BenchProgress.show("importing \(entries) answers")
        let first = try await run(command, log: directory.path("first.log")) { [entries] in
            try await Self.stored(redis) >= entries / 2
        }
        let stored = try await Self.stored(redis)
        guard stored < entries else { throw BenchError("the import was over before it could be killed") }
        BenchProgress.show("going on behind \(stored) of \(entries) answers")
        let second = try await run(command, log: directory.path("second.log")) { false }
        guard let tally = ImportTally(second.output), tally.lines == entries, tally.imported == entries else {
            throw BenchError("the import did not end as it should: \(second.output.suffix(500))")
        }
        guard tally.unchanged + Self.otherKeys >= stored else {
            throw BenchError("of \(stored) answers that stood, only \(tally.unchanged) were left as they are")
        }
        return Report(
            entries: entries, seconds: first.seconds + second.seconds, storedBeforeKill: stored,
            unchangedBehindKill: tally.unchanged,
            peakResidentMiB: Double(max(first.peakBytes, second.peakBytes)) / 1_048_576)
    }

    /// Runs the command to its end, or kills it when that is enough.
    private func run(
        _ command: [String], log: String, until isEnough: () async throws -> Bool
    ) async throws -> Run {
        let start = ContinuousClock.now
        let child = try ChildProcess(command, log: log)
        defer { child.stop() }
        var peak = 0
        var isKilled = false
        while child.isAlive {
            peak = max(peak, ProcessUsage.peakBytes(of: child.id))
            if !isKilled, try await isEnough() {
                _ = kill(child.id, SIGKILL)
                isKilled = true
            }
            guard start.duration(to: .now) < Self.timeLimit else { throw BenchError("the import does not end") }
            try await Task.sleep(for: .milliseconds(10))
        }
        return Run(
            seconds: start.duration(to: .now) / .seconds(1), peakBytes: peak, output: ProcFile.text(log) ?? "")
    }

    private static func stored(_ redis: RedisClient) async throws -> Int {
        let keys = try await redis.send(RedisCommand("DBSIZE"), timeout: .seconds(5)).expectInteger()
        return max(Int(keys) - otherKeys, 0) / 2
    }

    private func configuration(of own: BenchRedis) throws -> String {
        let folder = try GatewayStage.absolute(modelDirectory)
        return """
            log: {level: notice}
            redis: {url: "\(own.url)", command_timeout: 1s}
            cache: {mode: semantic, key: "file:\(own.directory.path)/cache.key"}
            embedding: {model_dir: "\(folder)"}
            providers:
              - {name: nobody, base_url: "http://127.0.0.1:9/v1", allow_private: true}
            routes:
              - {model: \(Self.model), targets: [{provider: nobody}]}

            """
    }

    /// A line of the file. The number keeps questions apart that read alike without it.
    static func line(_ number: Int) -> String {
        let question = Questions.rewording(number) + " Case \(number)."
        let answer = "Case \(number): " + String(repeating: "open your account and follow the steps. ", count: 8)
        return #"{"id":"case-\#(number)","question":"\#(question)","answer":"\#(answer)"}"# + "\n"
    }
}

extension ImportBench.Report {
    var table: TextTable {
        var table = TextTable(["importing \(entries) answers", "lines/s", "s", "stood when killed", "peak MiB"])
        table.add([
            "refrain cache import, killed once", Figure.text(linesPerSecond), Figure.text(seconds),
            "\(storedBeforeKill)", Figure.text(peakResidentMiB),
        ])
        return table
    }

    var bars: [Bar] {
        let limit = ImportBench.residentLimitMiB
        return [Bar(goal: "an import's resident memory ≤ 512 MiB", limit: limit, measured: peakResidentMiB)]
    }
}
