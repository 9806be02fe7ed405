import Glibc
import Logging
import NIOCore
import NIOPosix
import RedisClient

/// How fast `RedisClient` is: many callers that each send one `GET` after the other, as requests of a gateway do.
struct RedisBench {
    private static let key = "refrain:bench"

    /// Runs `callers` tasks against the server at `url` for `seconds`, each with one command in flight.
    ///
    /// Writes and reads the one key `refrain:bench`, which holds 64 bytes and expires. Throws a `RedisError` if the URL
    /// is wrong or the server cannot be reached; commands that fail during the run are counted.
    static func run(url: String, seconds: Int, callers: Int) async throws -> RedisBenchReport {
        let configuration = try RedisClientConfiguration(url: url)
        let client = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "bench"))
        do {
            let report = try await measure(client, .seconds(seconds), max(callers, 1))
            await client.shutdown()
            return report
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private static func measure(
        _ client: RedisClient, _ duration: Duration, _ callers: Int
    ) async throws -> RedisBenchReport {
        var preparation = RedisCommand("SET")
        preparation.append(key)
        preparation.append([UInt8](repeating: UInt8(ascii: "x"), count: 64))
        preparation.append("EX")
        preparation.append(600)
        _ = try await client.send(preparation, timeout: .seconds(2))

        let clock = ContinuousClock()
        let start = clock.now
        let processorStart = processorTime()
        let (commands, failures) = await withTaskGroup(of: (Int, Int).self) { group in
            for _ in 0..<callers {
                group.addTask { await callRepeatedly(client, until: start + duration) }
            }
            return await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        }
        return RedisBenchReport(
            callers: callers, commands: commands, failures: failures, elapsed: clock.now - start,
            processorTime: processorTime() - processorStart)
    }

    /// Returns how many commands succeeded and how many failed.
    private static func callRepeatedly(_ client: RedisClient, until end: ContinuousClock.Instant) async -> (Int, Int) {
        var (succeeded, failed) = (0, 0)
        while ContinuousClock.now < end {
            var command = RedisCommand("GET")
            command.append(key)
            do throws(RedisError) {
                _ = try await client.send(command)
                succeeded += 1
            } catch {
                failed += 1
            }
        }
        return (succeeded, failed)
    }

    /// User and system time of this process so far.
    private static func processorTime() -> Duration {
        var usage = rusage()
        guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return .zero }
        return duration(usage.ru_utime) + duration(usage.ru_stime)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}
