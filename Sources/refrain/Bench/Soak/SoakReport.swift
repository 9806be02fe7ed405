/// What a soak measured.
struct SoakReport: Codable {
    /// Requests a second that the mixture reached.
    var ceiling = 0.0
    var minutes: [SoakMinute] = []
    /// Nil after too few minutes.
    var verdict: SoakVerdict?
}
