/// A Redis server of a benchmark's own, on a free port and without persistence, in memory that goes with it.
struct BenchRedis {
    let server: ChildProcess
    let port: Int
    let directory: WorkDirectory

    init() async throws {
        directory = try WorkDirectory()
        port = try await FreePorts.take(1).first ?? 0
        server = try ChildProcess(
            ["redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", directory.path],
            log: directory.path("redis.log"), litter: directory)
    }

    var url: String { "redis://127.0.0.1:\(port)" }

    /// What the server has printed.
    var log: String { ProcFile.text(directory.path("redis.log")) ?? "" }
}
