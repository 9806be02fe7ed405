/// Waits until a condition holds, for conditions nothing announces.
/// - Parameters:
///   - what: completes "not within …: ".
///   - bound: far beyond what is promised, so that a busy machine does not fail a sound gateway.
/// - Returns: how long it took.
@discardableResult
func eventually(
    _ what: String, within bound: Duration = .seconds(30), _ isMet: () async throws -> Bool
) async throws -> Duration {
    let start = ContinuousClock.now
    while try await !isMet() {
        guard start.duration(to: .now) < bound else { throw Mishap("not within \(bound): \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
    return start.duration(to: .now)
}
