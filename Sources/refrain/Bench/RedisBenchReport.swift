/// What `RedisBench` measured for one command.
struct RedisBenchReport: Sendable, Equatable {
    let callers: Int
    let commands: Int
    let failures: Int
    let elapsed: Duration
    /// User and system time of this process over the same time, all threads; the server's is not in it.
    let processorTime: Duration

    /// Commands per second of wall clock, failed ones not counted.
    var commandsPerSecond: Double {
        elapsed > .zero ? Double(commands) / (elapsed / .seconds(1)) : 0
    }

    /// Microseconds of this process' processor time per command.
    var processorMicrosecondsPerCommand: Double {
        commands > 0 ? processorTime / .microseconds(1) / Double(commands) : 0
    }
}
