/// What Redis says of its own work (`INFO commandstats`).
///
/// A line for each command: `cmdstat_evalsha:calls=20000,usec=300000,usec_per_call=15.00,…`.
struct RedisCommandStats {
    private let text: String

    init(_ text: String) { self.text = text }

    /// Of one call on average; nil if there was none since the last reset.
    func microseconds(of command: String) -> Double? {
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("cmdstat_\(command):") {
            for field in line.split(separator: ",") where field.hasPrefix("usec_per_call=") {
                return Double(field.dropFirst("usec_per_call=".count))
            }
        }
        return nil
    }
}
