/// What `bench gateway` measured.
struct GatewayBenchReport: Codable {
    /// Starts and memory; nil where it was not measured.
    struct Process: Codable {
        /// To the first answer to a question.
        var startMilliseconds: Double?
        var startWithoutModelMilliseconds: Double?
        var nginxStartMilliseconds: Double?
        var idleMiB: Double?
        var idleWithoutModelMiB: Double?
        var mirroredEntries = 0
        var mirrorSeconds: Double?
        var mirroredMiB: Double?
        /// Resident bytes an entry adds.
        var bytesPerEntry: Double?
        /// Of the process that had answered exact hits and misses, behind all windows.
        var afterMiB: Double?
    }

    /// How processors were shared out.
    var placement = ""
    var notes: [String] = []
    /// In the large cache.
    var entries = 0
    var windowSeconds = 0.0
    var rounds = 0
    var process = Process()
    var windows: [WindowFigures] = []
    var voids: [VoidWindow] = []

    /// The median over the windows of a leg; nil when there is none, or none with this figure.
    func median(_ leg: LegName, _ kind: WindowKind, _ figure: (WindowFigures) -> Double?) -> Double? {
        Figure.median(windows.filter { $0.leg == leg && $0.kind == kind }.compactMap(figure))
    }

    /// How many times the figure of `peer` that of `leg` is.
    func ratio(
        _ leg: LegName, to peer: LegName, _ kind: WindowKind, _ figure: (WindowFigures) -> Double?
    ) -> Double? {
        guard let ours = median(leg, kind, figure), let theirs = median(peer, kind, figure), theirs > 0 else {
            return nil
        }
        return ours / theirs
    }

    /// What `leg` adds to the figure of `floor`; never below zero.
    func added(
        _ leg: LegName, to floor: LegName, _ kind: WindowKind, _ figure: (WindowFigures) -> Double?
    ) -> Double? {
        guard let ours = median(leg, kind, figure), let theirs = median(floor, kind, figure) else { return nil }
        return max(ours - theirs, 0)
    }

    /// Legs that have figures, in the order of the table.
    var legs: [LegName] {
        let found = Set(windows.map(\.leg))
        return LegName.allCases.filter(found.contains)
    }
}
